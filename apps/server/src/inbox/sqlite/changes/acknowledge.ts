import type { Seq } from "@carillon/protocol";
import type { Change } from "../../../hub/ports.ts";
import { GONE } from "../../flags.ts";
import type { Book } from "../book.ts";
import type { Row } from "../logs/row.ts";
import { notificationOf } from "../rows.ts";
import { giveReceipts, type Named } from "./receipt.ts";

/** What was sent to these users up to there is delivered (P14); so many are so for the first time. */
export function acknowledge(
  book: Book,
  { reached, at }: Extract<Change, { op: "acknowledge" }>,
): { notifications: number } {
  const delivered = reached.flatMap(({ uid, seq }) => deliveredTo(book, uid, seq));
  giveReceipts(book, "delivered", delivered, at);
  return { notifications: delivered.length };
}

function deliveredTo(book: Book, uid: string, seq: Seq): readonly Named[] {
  const { head, acked } = book.user(uid);
  const last = Math.min(seq, head);
  if (last <= acked) return [];
  book.setAcked(uid, last);
  const rows = [...book.entries(uid, acked, last)].filter(isStanding);
  return rows.map(notificationOf).map(({ from, id }) => ({ from, id, to: uid }));
}

function isStanding({ kind, flags }: Row): boolean {
  return kind === "notification" && !(flags & GONE);
}
