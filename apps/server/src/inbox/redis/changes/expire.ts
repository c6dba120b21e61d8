import type { Change, Growth, OutcomeOf } from "../../../hub/ports.ts";
import { Growths } from "../growth.ts";
import type { Store } from "../store.ts";
import { USERS_AT_ONCE, usersAfter } from "../users.ts";

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
