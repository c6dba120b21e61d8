import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { EDITED, READ, RETRACTED, SEEN } from "../flags.ts";
import type { DraftRow, EntryRow } from "../rows.ts";

type Outcome = { readonly outcome: "done" } | { readonly outcome: "unknownDraft" };

/** Takes a draft back: what was written leaves both logs, and both say so (P26). */
export function retract(book: Book, { from, id, at }: Extract<Change, { op: "retract" }>): Outcome {
  const draft = book.draft(from, id);
  const sent = draft && book.entry(from, draft.seq);
  if (draft === undefined || sent === undefined) return { outcome: "unknownDraft" };
  if (sent.flags & RETRACTED) return { outcome: "done" };

  const notification = book.entry(draft.recipient, draft.recipient_seq);
  for (const [uid, row] of [[from, sent] as const, [draft.recipient, notification] as const]) {
    if (row !== undefined) empty(book, uid, row, { from, id });
  }
  if (notification !== undefined) {
    book.count(draft.recipient, notification.flags & SEEN ? 0 : -1, notification.flags & READ ? 0 : -1);
  }
  for (const uid of ends(book, from, draft)) {
    book.grow(uid, (seq) => ({ kind: "retraction", seq, at, from, to: draft.recipient, id }));
  }
  return { outcome: "done" };
}

/** Gives a draft another text at both ends, and both logs say so (P26). */
export function edit(book: Book, change: Extract<Change, { op: "edit" }>): Outcome | { readonly outcome: "forbidden" } {
  const { from, id, text, sendsTo, at } = change;
  const draft = book.draft(from, id);
  const sent = draft && book.entry(from, draft.seq);
  if (draft === undefined || sent === undefined || sent.flags & RETRACTED) return { outcome: "unknownDraft" };
  if (sendsTo !== undefined && !sendsTo.has(draft.recipient)) return { outcome: "forbidden" }; // P31
  if (textOf(sent) === text) return { outcome: "done" };

  rewrite(book, from, sent, text, EDITED);
  const notification = book.entry(draft.recipient, draft.recipient_seq);
  if (notification !== undefined) rewrite(book, draft.recipient, notification, text, EDITED);
  for (const uid of ends(book, from, draft)) {
    book.grow(uid, (seq) => ({ kind: "edit", seq, at, from, to: draft.recipient, id, text }));
  }
  return { outcome: "done" };
}

/** Removes every text of the draft from one log: its own, and those of its edits. */
function empty(book: Book, uid: string, item: EntryRow, { from, id }: { from: string; id: string }): void {
  rewrite(book, uid, item, "", RETRACTED);
  for (const row of book.sql.kindBetween.all(uid, "edit", item.seq, MOST, 0, 0) as EntryRow[]) {
    const body = JSON.parse(row.body);
    if (body.from === from && body.id === id) rewrite(book, uid, row, "", 0);
  }
}

/** The logs that hold the draft: the author's, and the recipient's unless it has given the notification up; once, if they are one. */
function ends(book: Book, from: string, { recipient, recipient_seq }: DraftRow): ReadonlySet<string> {
  return new Set(book.entry(recipient, recipient_seq) === undefined ? [from] : [recipient, from]);
}

function rewrite(book: Book, uid: string, { seq, flags, body }: EntryRow, text: string, flag: number): void {
  book.sql.rewrite.run(flags | flag, JSON.stringify({ ...JSON.parse(body), text }), uid, seq);
}

function textOf({ body }: EntryRow): string {
  return JSON.parse(body).text;
}

const MOST = Number.MAX_SAFE_INTEGER;
