import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { countsOf, EDITED, RETRACTED } from "../flags.ts";
import { type DraftRow, type EntryRow, notificationOf } from "../rows.ts";

type Outcome = { readonly outcome: "done" } | { readonly outcome: "unknownDraft" };

/** Takes a draft back: what was written leaves both logs, and both say so (P26). */
export function retract(book: Book, { from, id, at }: Extract<Change, { op: "retract" }>): Outcome {
  const draft = book.draft(from, id);
  const sent = draft && book.entry(from, draft.seq);
  if (draft === undefined || sent === undefined) return { outcome: "unknownDraft" };
  const notification = book.entry(draft.recipient, draft.recipient_seq);
  takeBack(book, { from, to: draft.recipient, id, sent, notification, at });
  return { outcome: "done" };
}

/** Does the same from the recipient's end, also when the author's log has given the draft up (P38). */
export function retractNotification(book: Book, to: string, notification: EntryRow, at: number): void {
  const { from, id } = notificationOf(notification);
  const draft = book.draft(from, id);
  // Once a draft is forgotten, its id may have become another one's (P12).
  const isIts = draft?.recipient === to && draft.recipient_seq === notification.seq;
  takeBack(book, { from, to, id, sent: isIts ? book.entry(from, draft.seq) : undefined, notification, at });
}

/** Gives a draft another text at both ends, and both logs say so (P26). */
export function edit(book: Book, change: Extract<Change, { op: "edit" }>): Outcome | { readonly outcome: "forbidden" } {
  const { from, id, text, sendsTo, at } = change;
  const draft = book.draft(from, id);
  const sent = draft && book.entry(from, draft.seq);
  if (draft === undefined || sent === undefined || sent.flags & RETRACTED) return { outcome: "unknownDraft" };
  if (sendsTo !== undefined && !sendsTo.has(draft.recipient)) return { outcome: "forbidden" }; // P31
  if (textOf(sent) === text) return { outcome: "done" };

  rewrite(book, from, sent, { text }, EDITED);
  const notification = book.entry(draft.recipient, draft.recipient_seq);
  if (notification !== undefined) rewrite(book, draft.recipient, notification, { text }, EDITED);
  for (const uid of ends(book, from, draft)) {
    book.grow(uid, (seq) => ({ kind: "edit", seq, at, from, to: draft.recipient, id, text }));
  }
  return { outcome: "done" };
}

type Ends = {
  readonly from: string;
  readonly to: string;
  readonly id: string;
  readonly sent: EntryRow | undefined;
  readonly notification: EntryRow | undefined;
  readonly at: number;
};

function takeBack(book: Book, { from, to, id, sent, notification, at }: Ends): void {
  if (((sent ?? notification)?.flags ?? RETRACTED) & RETRACTED) return;
  if (sent !== undefined) empty(book, from, sent, { from, id });
  if (notification !== undefined) {
    empty(book, to, notification, { from, id });
    const { unseen, unread } = countsOf(notification.flags);
    book.count(to, -unseen, -unread);
  }
  const holders = new Set([...(notification === undefined ? [] : [to]), ...(sent === undefined ? [] : [from])]);
  for (const uid of holders) book.grow(uid, (seq) => ({ kind: "retraction", seq, at, from, to, id }));
}

/** Removes what was written from one log: of the item itself, and the texts of its edits. */
function empty(book: Book, uid: string, item: EntryRow, { from, id }: { from: string; id: string }): void {
  rewrite(book, uid, item, NOTHING, RETRACTED);
  for (const row of book.sql.editsOf.all(uid, id) as EntryRow[]) {
    if (JSON.parse(row.body).from === from) rewrite(book, uid, row, NOTHING, 0);
  }
}

/** The logs that hold the draft: the author's, and the recipient's unless it has given the notification up; once, if they are one. */
function ends(book: Book, from: string, { recipient, recipient_seq }: DraftRow): ReadonlySet<string> {
  return new Set(book.entry(recipient, recipient_seq) === undefined ? [from] : [recipient, from]);
}

function rewrite(book: Book, uid: string, { seq, flags, body }: EntryRow, change: object, flag: number): void {
  book.sql.rewrite.run(flags | flag, JSON.stringify({ ...JSON.parse(body), ...change }), uid, seq);
}

function textOf({ body }: EntryRow): string {
  return JSON.parse(body).text;
}

/** What is left of what was written. */
const NOTHING = { text: "", url: undefined, data: undefined, snoozedUntil: undefined };
