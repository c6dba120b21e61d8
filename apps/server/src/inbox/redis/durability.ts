import { InboxUnavailable } from "../../hub/ports.ts";
import type { Send, Served } from "../../redis/connection.ts";
import type { Link } from "../../redis/link.ts";
import { type Pairs, recordOf } from "../../redis/record.ts";
import type { Finding } from "./findings.ts";

/**
 * What an answer promises. `memory`: Redis has it. `everysec`: its append-only file has it within a second or two. `always`: the
 * file has it, fsynced. `replicated`: so many replicas have it, too.
 */
export const LEVELS = ["memory", "everysec", "always", "replicated"] as const;
export type Level = (typeof LEVELS)[number];

export type DurabilityOptions = {
  readonly level: Level;
  /** Replicas that must have what `replicated` answers. */
  readonly replicas: number;
  /** Milliseconds that they have for it: fewer than a command has, so that their silence is told from the master's. */
  readonly wait: number;
  readonly onFinding: (finding: Finding) => void;
};

/** Knows how the server is set, says where that is less than what is wanted, and waits for replicas where it has to. */
export class Durability {
  readonly #level: Level;
  readonly #replicas: number;
  readonly #wait: number;
  readonly #onFinding: (finding: Finding) => void;
  readonly #told = new Set<string>();
  /** The next question to each connection's replicas: whoever has written in this tick shares it. */
  readonly #asking = new Map<Served["by"], Promise<void>>();

  constructor({ level, replicas, wait, onFinding }: DurabilityOptions) {
    this.#level = level;
    this.#replicas = replicas;
    this.#wait = wait;
    this.#onFinding = onFinding;
  }

  /** Reads how the server is set, and warns, once each, where that does not keep the level. To be called on each connection. */
  async look(send: Send): Promise<void> {
    const settings = await settingsOf(send);
    if (settings === undefined)
      return this.#tell(
        "unreadable",
        "Redis does not say how it is set (CONFIG GET is not allowed): whether it keeps what is answered is unknown",
        {},
      );
    for (const [name, message] of faultsOf(settings, this.#level, this.#replicas))
      this.#tell(name, message, { durability: this.#level, ...factsOf(settings) });
  }

  /**
   * Does what writes, and resolves when that is as durable as it has to be; else nothing of it may be answered. Replicas are asked
   * on the connections that have written: on others they would confirm what those have written, which is nothing. `confirm` does so
   * in between, where what follows says that this is done, and lies on another server, which may survive it.
   */
  async confirmed<T>(link: Link, act: (send: Send, confirm: () => Promise<void>) => Promise<T>): Promise<T> {
    if (this.#level !== "replicated") return act(link.send, NOTHING_TO_DO);
    const written = new Map<Served["by"], Set<number>>();
    const send: Send = (command) =>
      link.sendVia(command, ({ by, life }) => written.set(by, (written.get(by) ?? new Set()).add(life)));
    let confirming: Promise<unknown> = Promise.resolve();
    const confirm = async () => {
      const all = [...written];
      written.clear();
      // Also what somebody else of the same act is about to confirm: it is not written there any more.
      confirming = Promise.all([confirming, ...all.map(([by, lives]) => this.#confirm(by, lives))]);
      await confirming;
    };
    // What one server has confirmed, it has confirmed with all that came before.
    const result = await act(send, link.isSpread ? confirm : NOTHING_TO_DO);
    await confirm();
    return result;
  }

  async #confirm(by: Served["by"], lives: ReadonlySet<number>): Promise<void> {
    if (lives.size > 1 || !lives.has(by.life))
      throw new InboxUnavailable("Redis was away before its replicas could be asked.");
    const asking = this.#asking.get(by) ?? this.#askNext(by);
    await asking;
  }

  #askNext(by: Served["by"]): Promise<void> {
    const asking = Promise.resolve().then(() => {
      this.#asking.delete(by);
      return this.#ask(by.send);
    });
    this.#asking.set(by, asking);
    return asking;
  }

  async #ask(send: Send): Promise<void> {
    const count = await send<number>(["WAIT", String(this.#replicas), String(this.#wait)]);
    if (count >= this.#replicas) return;
    throw new InboxUnavailable(`${count} of ${this.#replicas} replicas have it; nothing is answered until they do.`);
  }

  #tell(name: string, message: string, facts: Finding["facts"]): void {
    if (this.#told.has(name)) return;
    this.#told.add(name);
    this.#onFinding({ level: "warn", message, facts });
  }
}

const NOTHING_TO_DO = async (): Promise<void> => {};

type Settings = {
  readonly appendonly: string;
  readonly appendfsync: string;
  readonly policy: string;
  readonly replicas: number;
  readonly isCluster: boolean;
};

/** Undefined where nobody may ask, as with some who offer Redis as a service. */
async function settingsOf(send: Send): Promise<Settings | undefined> {
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
    };
  } catch (error) {
    if (error instanceof InboxUnavailable) throw error;
    return undefined;
  }
}

function faultsOf(settings: Settings, level: Level, replicas: number): readonly (readonly [string, string])[] {
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

function factsOf({ appendonly, appendfsync, policy, replicas }: Settings): Finding["facts"] {
  return { appendonly, appendfsync, "maxmemory-policy": policy, replicas };
}
