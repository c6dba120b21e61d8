import type { Send } from "./connection.ts";
import type { Address } from "./place.ts";
import { SLOTS } from "./slots.ts";

/** Who has which slots, as one node sees it. */
export type Topology = {
  /** Rises with each change: what a node says that was asleep, or is cut off, is older. */
  readonly epoch: number;
  /** `host:port` of the master of each slot; undefined where there is none. */
  readonly owners: readonly (string | undefined)[];
};

/** Asks a node. @param host under which it was asked: a node may not know by which name others know it. */
export async function topologyFrom(send: Send, host: string): Promise<Topology> {
  const [slots, about] = await Promise.all([
    send<readonly SlotRange[]>(["CLUSTER", "SLOTS"]),
    send<string>(["CLUSTER", "INFO"]),
  ]);
  const owners: (string | undefined)[] = Array.from({ length: SLOTS });
  for (const [first, last, [name, port]] of slots)
    owners.fill(nameOf({ host: name === null || name === "" ? host : name, port }), first, last + 1);
  return { epoch: Number(/cluster_current_epoch:(\d+)/.exec(about)?.[1] ?? 0), owners };
}

/** Under which a server is known. */
export function nameOf({ host, port }: Address): string {
  return `${host}:${port}`;
}

/** Of an IPv6 address, what stands before the last colon. */
export function addressOf(name: string): Address {
  const colon = name.lastIndexOf(":");
  return { host: name.slice(0, colon), port: Number(name.slice(colon + 1)) };
}

type SlotRange = readonly [
  first: number,
  last: number,
  master: readonly [host: string | null, port: number, ...more: unknown[]],
  ...replicas: unknown[],
];
