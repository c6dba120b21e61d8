import type { Refusal, Sent, SentState } from "@carillon/protocol";
import type { Pending, Reached, View } from "../../store/view.ts";

/** One line of Sent: a draft on its way, one that the hub has or had, or one that it will not take. */
export type Line = {
  readonly id: string;
  readonly to: string;
  /** As it stands now; empty where it is retracted and nobody here remembers it. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly edited: boolean;
  /** When it got how far, as far as this page was told. */
  readonly reached: Reached;
} & ({ readonly state: Underway | "retracted" } | { readonly state: "refused"; readonly refusal: Refusal });

/** How far a draft has come. */
export type Underway = "sending" | SentState;

/** The lines, newest first. A draft keeps its line, and its id, from typing to its end. */
export function linesOf({ sent, pending, receipts }: Pick<View, "sent" | "pending" | "receipts">): Line[] {
  const taken = new Set(sent.map((line) => line.id));
  const waiting = pending.filter((one) => !taken.has(one.draft.id)).map(lineOfPending);
  return [...sent.map((line) => lineOfSent(line, receipts.get(line.id) ?? NOTHING)), ...waiting].toReversed();
}

/** Whether two lines say the same: they are built anew with each view, and most say what they said before. */
export function sameLine(one: Line, other: Line): boolean {
  if (one.state !== other.state || one.reached !== other.reached) return false;
  return one.text === other.text && one.edited === other.edited && one.at === other.at;
}

/** The same one for all of whose times nothing is known. */
const NOTHING: Reached = {};

function lineOfSent({ id, to, text, at, state, edited, retracted }: Sent, reached: Reached): Line {
  return { id, to, text, at, reached, edited: edited === true, state: retracted ? "retracted" : state };
}

function lineOfPending({ draft: { id, to, text }, at, refusal }: Pending): Line {
  const line = { id, to, text, at, reached: NOTHING, edited: false };
  return refusal === undefined ? { ...line, state: "sending" } : { ...line, state: "refused", refusal };
}
