import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { RETRACTED } from "../flags.ts";
import { type EntryRow, notificationOf } from "../rows.ts";
import { giveReceipts } from "./receipt.ts";

/** What was sent to this user up to there is delivered (P14). */
export function acknowledge(book: Book, { uid, seq, at }: Extract<Change, { op: "acknowledge" }>): void {
  const { head, acked } = book.user(uid);
  const last = Math.min(seq, head);
  if (last <= acked) return;
  book.sql.setAcked.run(last, uid);
  const rows = book.sql.kindBetween.all(uid, "notification", acked, last, RETRACTED, 0) as EntryRow[];
  giveReceipts(book, uid, "delivered", rows.map(notificationOf), at);
}
