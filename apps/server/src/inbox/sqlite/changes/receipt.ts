import { type Receipt, SentState } from "@carillon/protocol";
import type { Book } from "../book.ts";
import { STATE_FLAGS, stateIn } from "../../flags.ts";

/** A draft, as its notification names it. */
export type Named = { readonly from: string; readonly id: string };

/** Tells authors what became of drafts they sent to `to`: no state is taken back, and what is known already is not said again (P24). */
export function giveReceipts(
  book: Book,
  to: string,
  state: Receipt["state"],
  drafts: readonly Named[],
  at: number,
): void {
  const idsOf = new Map<string, string[]>();
  for (const { from, id } of drafts) {
    const draft = book.draft(from, id);
    if (draft === undefined || rank(stateIn(draft.flags)) >= rank(state)) continue;
    book.rewrite(from, { ...draft, flags: draft.flags | STATE_FLAGS[state] });
    const ids = idsOf.get(from);
    if (ids === undefined) idsOf.set(from, [id]);
    else ids.push(id);
  }
  for (const [author, all] of idsOf) {
    for (const ids of chunks(all, IDS_LIMIT))
      book.grow(author, (seq) => ({ kind: "receipt", seq, at, state, to, ids }));
  }
}

/** Ids of one receipt. */
const IDS_LIMIT = 100;

function rank(state: SentState): number {
  return SentState.options.indexOf(state);
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
