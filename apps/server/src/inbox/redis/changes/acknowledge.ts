import type { Seq } from "@carillon/protocol";
import type { Change, Done } from "../../../hub/ports.ts";
import { Growths } from "../growth.ts";
import type { Store } from "../store.ts";
import { namesOf, tell } from "./receipts.ts";

/** What was sent to these users up to there is delivered (P14); so many are so for the first time. */
export async function acknowledge(
  store: Store,
  { reached, at }: Extract<Change, { op: "acknowledge" }>,
): Promise<Done & { readonly notifications: number }> {
  const growths = new Growths();
  const counts = await Promise.all(reached.map(({ uid, seq }) => acknowledgeOne(store, growths, { uid, seq, at })));
  return { outcome: "done", growth: growths.all(), notifications: counts.reduce((sum, count) => sum + count, 0) };
}

type Reached = { readonly uid: string; readonly seq: Seq; readonly at: number };

/** A stretch at a time. */
async function acknowledgeOne(store: Store, growths: Growths, { uid, seq, at }: Reached): Promise<number> {
  let notifications = 0;
  for (;;) {
    const found = await store.ask<Unacknowledged>("unacknowledged", uid, seq);
    if (found === undefined) return notifications;
    const [acked, last, flat] = found.said;
    if (last <= acked) return notifications;
    const names = namesOf(flat);
    growths.add(...(await tell(store, uid, "delivered", names, at)));
    await store.confirm();
    const { said } = await store.write<readonly [before: number]>("acknowledge", uid, at, last);
    if (said[0] === acked) notifications += names.length; // Else another connection was first.
    if (last >= Math.min(seq, found.counts.asOf)) return notifications;
  }
}

type Unacknowledged = readonly [acked: number, last: number, names: readonly string[]];
