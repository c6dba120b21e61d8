import type { Change, Done } from "../../../hub/ports.ts";
import { Growths } from "../growth.ts";
import type { Store } from "../store.ts";
import { namesOf, tell } from "./receipts.ts";

/** What was sent to this user up to there is delivered (P14); so many are so for the first time. A stretch at a time. */
export async function acknowledge(
  store: Store,
  { uid, seq, at }: Extract<Change, { op: "acknowledge" }>,
): Promise<Done & { readonly notifications: number }> {
  const growths = new Growths();
  let notifications = 0;
  for (;;) {
    const found = await store.ask<Unacknowledged>("unacknowledged", uid, seq);
    if (found === undefined) break;
    const [acked, last, flat] = found.said;
    if (last <= acked) break;
    const names = namesOf(flat);
    growths.add(...(await tell(store, uid, "delivered", names, at)));
    const { said } = await store.write<readonly [before: number]>("acknowledge", uid, at, last);
    if (said[0] === acked) notifications += names.length; // Else another connection was first.
    if (last >= Math.min(seq, found.counts.asOf)) break;
  }
  return { outcome: "done", growth: growths.all(), notifications };
}

type Unacknowledged = readonly [acked: number, last: number, names: readonly string[]];
