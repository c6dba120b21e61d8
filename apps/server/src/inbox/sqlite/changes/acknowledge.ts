import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { GONE } from "../../flags.ts";
import type { Row } from "../logs/row.ts";
import { notificationOf } from "../rows.ts";
import { giveReceipts } from "./receipt.ts";

/** What was sent to this user up to there is delivered (P14); so many are so for the first time. */
export function acknowledge(
  book: Book,
  { uid, seq, at }: Extract<Change, { op: "acknowledge" }>,
): { notifications: number } {
  const { head, acked } = book.user(uid);
  const last = Math.min(seq, head);
  if (last <= acked) return { notifications: 0 };
  book.setAcked(uid, last);
  const rows = [...book.entries(uid, acked, last)].filter(isStanding);
  giveReceipts(book, uid, "delivered", rows.map(notificationOf), at);
  return { notifications: rows.length };
}

function isStanding({ kind, flags }: Row): boolean {
  return kind === "notification" && !(flags & GONE);
}
