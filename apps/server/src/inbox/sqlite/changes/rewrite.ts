import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { countsOf, EDITED, RETRACTED } from "../../flags.ts";
import type { Row } from "../logs/row.ts";
import { farEnd, notificationOf } from "../rows.ts";

type Outcome = { readonly outcome: "done" } | { readonly outcome: "unknownDraft" };

/** Takes a draft back: what was written leaves both logs, and both say so (P26). */
export function retract(book: Book, { from, id, at }: Extract<Change, { op: "retract" }>): Outcome {
  const sent = book.draft(from, id);
  if (sent === undefined) return { outcome: "unknownDraft" };
  const { to, notification } = farEnd(sent);
  takeBack(book, { from, to, id, sent, notification: book.entry(to, notification), at });
  return { outcome: "done" };
}

/** Does the same from the recipient's end, also when the author's log has given the draft up (P38). */
export function retractNotification(book: Book, to: string, notification: Row, at: number): void {
  const { from, id } = notificationOf(notification);
  const sent = book.draft(from, id);
  const end = sent && farEnd(sent);
  // Once a draft is forgotten, its id may have become another one's (P12).
  const isIts = end?.to === to && end.notification === notification.seq;
  takeBack(book, { from, to, id, sent: isIts ? sent : undefined, notification, at });
}

/** Gives a draft another text at both ends, and both logs say so (P26). */
export function edit(book: Book, change: Extract<Change, { op: "edit" }>): Outcome | { readonly outcome: "forbidden" } {
  const { from, id, text, sendsTo, at } = change;
  const sent = book.draft(from, id);
  if (sent === undefined || sent.flags & RETRACTED) return { outcome: "unknownDraft" };
  const { to, notification: seqThere } = farEnd(sent);
  if (sendsTo !== undefined && !sendsTo.has(to)) return { outcome: "forbidden" }; // P31
  if (textOf(sent) === text) return { outcome: "done" };

  rewrite(book, from, sent, { text }, EDITED);
  const notification = book.entry(to, seqThere);
  if (notification !== undefined) rewrite(book, to, notification, { text }, EDITED);
  // The logs that hold the draft: one, if they are one, or if the recipient's has given the notification up.
  for (const uid of new Set(notification === undefined ? [from] : [to, from])) {
    const { seq } = book.grow(uid, (next) => ({ kind: "edit", seq: next, at, from, to, id, text }));
    book.sql.addEdit.run(uid, id, seq);
  }
  return { outcome: "done" };
}

type Ends = {
  readonly from: string;
  readonly to: string;
  readonly id: string;
  readonly sent: Row | undefined;
  readonly notification: Row | undefined;
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
function empty(book: Book, uid: string, item: Row, { from, id }: { from: string; id: string }): void {
  rewrite(book, uid, item, NOTHING, RETRACTED);
  for (const { seq } of book.sql.editsOf.all(uid, id)) {
    const row = book.entry(uid, Number(seq));
    if (row?.kind === "edit" && JSON.parse(row.body).from === from) rewrite(book, uid, row, NOTHING, 0);
  }
}

function rewrite(book: Book, uid: string, row: Row, change: object, flag: number): void {
  const body = JSON.stringify({ ...JSON.parse(row.body), ...change });
  book.rewrite(uid, { ...row, flags: row.flags | flag, body });
}

function textOf({ body }: Row): string {
  return JSON.parse(body).text;
}

/** What is left of what was written. */
const NOTHING = { text: "", url: undefined, data: undefined, snoozedUntil: undefined };
