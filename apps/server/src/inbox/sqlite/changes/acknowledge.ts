import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { GONE } from "../flags.ts";
import { type EntryRow, notificationOf } from "../rows.ts";
import { giveReceipts } from "./receipt.ts";

/** What was sent to this user up to there is delivered (P14); so many are so for the first time. */
export function acknowledge(
  book: Book,
  { uid, seq, at }: Extract<Change, { op: "acknowledge" }>,
): { notifications: number } {
  const { head, acked } = book.user(uid);
  const last = Math.min(seq, head);
  if (last <= acked) return { notifications: 0 };
  book.sql.setAcked.run(last, uid);
  const rows = book.sql.kindBetween.all(uid, "notification", acked, last, GONE, 0) as EntryRow[];
  giveReceipts(book, uid, "delivered", rows.map(notificationOf), at);
  return { notifications: rows.length };
}
