import { ALL_PARTITIONS } from "../../redis/keys.ts";
import type { Store } from "./store.ts";

/** The next users after this one who have a log, in the order of their bytes, which is that of every part. */
export async function usersAfter(store: Store, after: string): Promise<readonly string[]> {
  const from = after === "" ? "-" : `(${after}`;
  const range = (partition: number) => [
    "ZRANGE",
    store.keys.users(partition),
    from,
    "+",
    "BYLEX",
    "LIMIT",
    "0",
    String(USERS_AT_ONCE),
  ];
  const all = await Promise.all(ALL_PARTITIONS.map((partition) => store.send<readonly string[]>(range(partition))));
  return all.flat().toSorted(byBytes).slice(0, USERS_AT_ONCE);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export const USERS_AT_ONCE = 200;
