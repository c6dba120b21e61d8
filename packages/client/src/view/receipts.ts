import type { Entry, SentState } from "@carillon/protocol";

/** When a draft got so far, in milliseconds since 1970, as far as this client was told. */
export type Reached = { readonly [State in Exclude<SentState, "stored">]?: number };

/** By the ids of drafts. */
export type Receipts = ReadonlyMap<string, Reached>;

/** Drafts of which the times are kept; beyond it those of the oldest are given up. */
export const RECEIPTS_LIMIT = 1_000;

/** The times with those of the receipts among entries. What was reached first counts: a receipt is told again sometimes (P10). */
export function withReceipts(receipts: Receipts, entries: readonly Entry[]): Receipts {
  const told = entries.filter((entry) => entry.kind === "receipt");
  if (told.length === 0) return receipts;
  const after = new Map(receipts);
  for (const { ids, state, at } of told) {
    for (const id of ids) after.set(id, { [state]: at, ...after.get(id) });
  }
  return new Map([...after].slice(-RECEIPTS_LIMIT));
}
