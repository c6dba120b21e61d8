import type { Notification, Seq } from "@carillon/protocol";
import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { countsOf, EDITED, GONE, MUTED, READ_KNOWN, SNOOZED, WOKEN } from "../../flags.ts";
import type { Row } from "../logs/row.ts";
import { farEnd, notificationOf } from "../rows.ts";

/** Puts off what is not put off until then already, or, without a time, what is; and says what changed (P53). */
export function snooze(book: Book, { uid, seqs, until, at }: Extract<Change, { op: "snooze" }>): void {
  const changed: Seq[] = [];
  for (const seq of new Set(seqs)) if (putOff(book, uid, seq, until)) changed.push(seq);
  if (changed.length === 0) return;
  book.grow(uid, (seq) => ({ kind: "snooze", seq, at, seqs: changed, ...(until !== undefined && { until }) }));
}

/** Lets a notification that was put off come again, at the end of its log (P53). */
export function wake(book: Book, uid: string, row: Row, at: number): void {
  const { snoozedUntil: _until, seen: _seen, read: _read, archived: _archived, ...rest } = notificationOf(row);
  const { attended: _attended, ...standing } = rest;
  const wokenFrom = { seq: row.seq, at: rest.wokenFrom?.at ?? rest.at };
  const flags = row.flags & (EDITED | MUTED | READ_KNOWN);
  const entry = book.grow(uid, (seq): Notification => ({ ...standing, seq, at, wokenFrom }), { flags });
  const { from, id, expiresAt } = rest;
  moveDraft(book, { from, id, to: uid, was: row.seq, is: entry.seq });
  if (expiresAt !== undefined) book.sql.moveExpiry.run(entry.seq, expiresAt, uid, row.seq);
  const left = { at: rest.at, from, id, text: "", wokenAs: entry.seq, wokenFrom: rest.wokenFrom };
  book.rewrite(uid, { ...row, flags: row.flags | WOKEN, body: JSON.stringify(left) });
  const { unseen, unread } = countsOf(flags);
  book.count(uid, unseen, unread);
}

/** Whether that changed anything: what is no notification is passed over. */
function putOff(book: Book, uid: string, seq: Seq, until: number | undefined): boolean {
  const row = book.entry(uid, seq);
  if (row === undefined || row.kind !== "notification" || row.flags & GONE) return false;
  const { snoozedUntil: before } = notificationOf(row);
  if (before === until) return false;
  if (before !== undefined) book.sql.removeSnooze.run(before, uid, seq);
  if (until !== undefined) book.sql.addSnooze.run(until, uid, seq);
  const flags = until === undefined ? row.flags & ~SNOOZED : row.flags | SNOOZED;
  book.rewrite(uid, { ...row, flags, body: JSON.stringify({ ...JSON.parse(row.body), snoozedUntil: until }) });
  const [was, is] = [countsOf(row.flags), countsOf(flags)];
  book.count(uid, is.unseen - was.unseen, is.unread - was.unread);
  return true;
}

type Move = { readonly from: string; readonly id: string; readonly to: string; readonly was: Seq; readonly is: Seq };

/** The author's copy leads to where the notification is now. */
function moveDraft(book: Book, { from, id, to, was, is }: Move): void {
  const sent = book.draft(from, id);
  if (sent === undefined) return;
  const end = farEnd(sent);
  if (end.to !== to || end.notification !== was) return; // Once a draft is forgotten, its id may have become another one's (P12).
  book.rewrite(from, { ...sent, body: JSON.stringify({ ...end, notification: is }) });
}
