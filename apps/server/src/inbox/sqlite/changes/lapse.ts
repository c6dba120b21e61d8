import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { GONE } from "../../flags.ts";
import { retractNotification } from "./rewrite.ts";
import { wake } from "./snooze.ts";

/**
 * Retracts the next notifications whose time to live is over (P38), then lets those come again whose time has come (P53); `next`:
 * when the earliest of those that are left is due.
 */
export function lapse(book: Book, { at }: Extract<Change, { op: "lapse" }>): { next: number | undefined } {
  end(book, at);
  wakeUp(book, at);
  const next = book.sql.nextDue.get()?.["at"];
  return { next: typeof next === "number" ? next : undefined };
}

type Due = { readonly at: number; readonly uid: string; readonly seq: number };

function end(book: Book, at: number): void {
  for (const { at: expiresAt, uid, seq } of book.sql.expiriesUpTo.all(at, AT_ONCE) as Due[]) {
    book.sql.removeExpiry.run(expiresAt, uid, seq);
    const notification = book.entry(uid, seq); // Its log may have given it up.
    if (notification !== undefined) retractNotification(book, uid, notification, at);
  }
}

function wakeUp(book: Book, at: number): void {
  for (const { at: until, uid, seq } of book.sql.snoozesUpTo.all(at, AT_ONCE) as Due[]) {
    book.sql.removeSnooze.run(until, uid, seq);
    const notification = book.entry(uid, seq);
    if (notification !== undefined && (notification.flags & GONE) === 0) wake(book, uid, notification, at);
  }
}

/** Of each, in one commit. */
const AT_ONCE = 200;
