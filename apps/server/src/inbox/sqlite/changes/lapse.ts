import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { retractNotification } from "./rewrite.ts";

/** Retracts the next notifications whose time is over; `next`: when the earliest of those that are left ends (P38). */
export function lapse(book: Book, { at }: Extract<Change, { op: "lapse" }>): { next: number | undefined } {
  const due = book.sql.expiriesUpTo.all(at, AT_ONCE) as { at: number; uid: string; seq: number }[];
  for (const { at: expiresAt, uid, seq } of due) {
    book.sql.removeExpiry.run(expiresAt, uid, seq);
    const notification = book.entry(uid, seq); // Its log may have given it up.
    if (notification !== undefined) retractNotification(book, uid, notification, at);
  }
  const next = book.sql.nextExpiry.get()?.["at"];
  return { next: next === undefined ? undefined : Number(next) };
}

/** Of one commit. */
const AT_ONCE = 200;
