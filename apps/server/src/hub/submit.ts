import { type Draft, refusal } from "@carillon/protocol";
import type { Grant } from "@carillon/protocol/token";
import type { Hub } from "./hub.ts";
import type { SendOutcome } from "./outcome.ts";

/** Who submits, and to whom alone the token lets them send. */
export type Author = Pick<Grant, "uid"> & Partial<Pick<Grant, "sendsTo">>;

/** Takes drafts that a user submits, as fast as users may (P51); one outcome a draft, in their order. */
export async function submit(hub: Hub, author: Author, drafts: readonly Draft[]): Promise<readonly SendOutcome[]> {
  const judged = drafts.map((draft) => ({ draft, wait: hub.sends.take(author.uid) }));
  const granted = judged.flatMap(({ draft, wait }) => (wait === 0 ? [draft] : []));
  const outcomes = [...(await hub.sendAll(author.uid, granted, author.sendsTo, hub.sends.pace))];
  return judged.flatMap(({ wait }) => (wait > 0 ? [tooEarly(hub, wait)] : outcomes.splice(0, 1)));
}

function tooEarly({ meter }: Hub, wait: number): SendOutcome {
  const why = refusal("rateLimited", wait);
  meter.answered("refused");
  meter.refused(why.code);
  return { outcome: "refused", refusal: why };
}
