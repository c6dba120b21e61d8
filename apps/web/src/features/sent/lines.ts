import type { Refusal } from "@carillon/protocol";
import type { Pending, SentLine, View } from "../../store/view.ts";

/** One line of Sent: a draft on its way, one that the hub has, or one that it will not take. */
export type Line = {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
} & ({ readonly state: Underway } | { readonly state: "refused"; readonly refusal: Refusal });

/** How far a draft has come. */
export type Underway = "sending" | SentLine["state"];

/** The lines, newest first. A draft keeps its line, and its id, from typing to delivery. */
export function linesOf({ sent, pending }: Pick<View, "sent" | "pending">): Line[] {
  const taken = new Set(sent.map((line) => line.id));
  const waiting = pending.filter((one) => !taken.has(one.draft.id)).map(lineOfPending);
  return [...sent, ...waiting].toReversed();
}

function lineOfPending({ draft: { id, to, text }, at, refusal }: Pending): Line {
  return refusal === undefined
    ? { id, to, text, at, state: "sending" }
    : { id, to, text, at, state: "refused", refusal };
}
