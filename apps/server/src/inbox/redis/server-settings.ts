import { InboxUnavailable } from "../../hub/ports.ts";
import type { Send } from "../../redis/connection.ts";
import { type Pairs, recordOf } from "../../redis/record.ts";
import type { Level } from "./durability.ts";
import type { Finding } from "./findings.ts";

/** How a server is set, as far as it concerns what an answer promises. */
export type ServerSettings = {
  readonly appendonly: string;
  readonly appendfsync: string;
  readonly policy: string;
  readonly replicas: number;
  readonly isCluster: boolean;
  /** It can be asked what is on disks. */
  readonly hasWaitAof: boolean;
};

/** Undefined where nobody may ask, as with some who offer Redis as a service. */
export async function settingsOf(send: Send): Promise<ServerSettings | undefined> {
  try {
    const config = recordOf(await send<Pairs>(["CONFIG", "GET", "append*", "maxmemory-policy"]));
    const replication = await send<string>(["INFO", "replication"]);
    const cluster = await send<string>(["INFO", "cluster"]);
    return {
      appendonly: config["appendonly"] ?? "",
      appendfsync: config["appendfsync"] ?? "",
      policy: config["maxmemory-policy"] ?? "",
      replicas: Number(/connected_slaves:(\d+)/.exec(replication)?.[1] ?? 0),
      isCluster: cluster.includes("cluster_enabled:1"),
      hasWaitAof: await hasCommand(send, "WAITAOF"),
    };
  } catch (error) {
    if (error instanceof InboxUnavailable) throw error;
    return undefined;
  }
}

/** False also where nobody may ask. */
async function hasCommand(send: Send, name: string): Promise<boolean> {
  try {
    const [described] = await send<readonly unknown[]>(["COMMAND", "INFO", name]);
    return Array.isArray(described);
  } catch (error) {
    if (error instanceof InboxUnavailable) throw error;
    return false;
  }
}

/** Names, and what to tell the operator of each. */
export function faultsOf(
  settings: ServerSettings,
  level: Level,
  replicas: number,
): readonly (readonly [string, string])[] {
  const { appendonly, appendfsync, policy, replicas: connected, isCluster } = settings;
  const faults: [string, string][] = [];
  if (policy !== "noeviction")
    faults.push(["policy", "Redis may throw logs away when its memory is full: set maxmemory-policy to noeviction"]);
  if (level !== "memory" && appendonly !== "yes")
    faults.push([
      "appendonly",
      "Redis keeps no append-only file: a restart loses what was answered. Set appendonly to yes",
    ]);
  if (level === "everysec" && appendfsync === "no")
    faults.push(["appendfsync", "Redis leaves it to the system when its file is written: set appendfsync to everysec"]);
  if (level === "always" && appendfsync !== "always")
    faults.push(["appendfsync", "Redis answers before its file is fsynced: set appendfsync to always"]);
  if (isCluster && level !== "replicated" && connected === 0)
    faults.push([
      "cluster",
      "A master of the cluster has no replica: when it fails, the logs of its users are away until it is back",
    ]);
  if (level === "always" && connected > 0)
    faults.push([
      "promotion",
      "Redis has replicas: where one is promoted, it may lack what was answered. The level replicated waits for them",
    ]);
  if (level === "replicated" && connected < replicas)
    faults.push([
      "replicas",
      "Redis has fewer replicas than have to confirm: nothing is answered until they are there",
    ]);
  return faults;
}

export function factsOf({ appendonly, appendfsync, policy, replicas }: ServerSettings): Finding["facts"] {
  return { appendonly, appendfsync, "maxmemory-policy": policy, replicas };
}
