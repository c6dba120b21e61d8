import { type Receipt, SentState, type Seq } from "@carillon/protocol";
import type { Book } from "../book.ts";
import { STATE_FLAGS, stateIn } from "../../flags.ts";

/** A draft, as its notification names it, and whose that is. */
export type Named = { readonly from: string; readonly id: string; readonly to: string };

/** Tells authors what became of drafts: no state is taken back, and what is known already is not said again (P24). */
export function giveReceipts(book: Book, state: Receipt["state"], drafts: readonly Named[], at: number): void {
  const newsOf = new Map<string, Named[]>();
  for (const named of drafts) {
    const { from, id } = named;
    const draft = book.draft(from, id);
    if (draft === undefined || rank(stateIn(draft.flags)) >= rank(state)) continue;
    book.rewrite(from, { ...draft, flags: draft.flags | STATE_FLAGS[state] });
    const news = newsOf.get(from);
    if (news === undefined) newsOf.set(from, [named]);
    else news.push(named);
  }
  for (const [author, all] of newsOf)
    for (const news of chunks(all, IDS_LIMIT)) book.grow(author, (seq) => receiptOf(seq, at, state, news));
}

function receiptOf(seq: Seq, at: number, state: Receipt["state"], news: readonly Named[]): Receipt {
  const to = news[0]?.to;
  const isOfOne = to !== undefined && news.every((each) => each.to === to);
  return { kind: "receipt", seq, at, state, ...(isOfOne && { to }), ids: news.map(({ id }) => id) };
}

/** Ids of one receipt. */
const IDS_LIMIT = 100;

function rank(state: SentState): number {
  return SentState.options.indexOf(state);
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
