import type { Change, Growth, OutcomeOf } from "../../../hub/ports.ts";
import { Growths } from "../growth.ts";
import { ALL_PARTITIONS } from "../../../redis/keys.ts";
import type { Store } from "../store.ts";

type Expire = Extract<Change, { op: "expire" }>;

/** Gives up what was made before `before`, in the next users in the order of their uids; `next` is the last of them (P28). */
export async function expire(store: Store, { after, before, at }: Expire): Promise<OutcomeOf<Expire>> {
  const uids = await usersAfter(store, after);
  const growths = new Growths();
  for (const growth of await Promise.all(uids.map((uid) => expireOf(store, uid, before, at)))) growths.add(...growth);
  return { outcome: "done", growth: growths.all(), next: uids.length < USERS_AT_ONCE ? undefined : uids.at(-1) };
}

async function expireOf(store: Store, uid: string, before: number, at: number): Promise<readonly Growth[]> {
  const growths = new Growths();
  for (let isMore = true; isMore;) {
    const done = await store.change<readonly [isMore: number]>("expire", uid, at, before);
    growths.add(...(done?.growth ?? []));
    isMore = done?.said[0] === 1;
  }
  return growths.all();
}

/** In the order of their bytes, which is that of every part. */
async function usersAfter(store: Store, after: string): Promise<readonly string[]> {
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

const USERS_AT_ONCE = 200;
