import type { Seq } from "@carillon/protocol";
import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { type Bounds, boundOf } from "../../bounds.ts";
import { countsOf } from "../../flags.ts";

/** Gives up the oldest entries of logs that hold more than that, some at a time, so that not every append has to. */
export function trimGrown(book: Book, bounds: Bounds, at: number): void {
  for (const uid of book.grown()) {
    const { most, bound } = boundOf(uid, bounds);
    const { head, floor } = book.user(uid);
    if (head - floor > bound) trim(book, uid, head - most, at);
  }
}

/** Gives up what was made before `before`, in the next users in the order of their uids; `next` is the last of them (P28). */
export function expire(
  book: Book,
  { after, before, at }: Extract<Change, { op: "expire" }>,
): { next: string | undefined } {
  book.settle();
  const users = book.sql.usersAfter.all(after, USERS_AT_ONCE).map(({ uid }) => String(uid));
  for (const uid of users) {
    const { floor } = book.user(uid);
    const upTo = lastBefore(book, uid, floor, before);
    if (upTo > floor) trim(book, uid, upTo, at);
  }
  return { next: users.length < USERS_AT_ONCE ? undefined : users.at(-1) };
}

/** Gives up the entries up to a seq, and says so with an entry (P28). */
function trim(book: Book, uid: string, upTo: Seq, at: number): void {
  let unseen = 0;
  let unread = 0;
  for (const row of book.entries(uid, 0, upTo)) {
    if (row.kind === "sent") book.forgetDraft(uid, JSON.parse(row.body).id);
    if (row.kind === "edit") book.sql.removeEdits.run(uid, JSON.parse(row.body).id);
    if (row.kind !== "notification") continue;
    const counted = countsOf(row.flags);
    unseen += counted.unseen;
    unread += counted.unread;
  }
  book.count(uid, -unseen, -unread);
  book.giveUp(uid, upTo);
  book.grow(uid, (seq) => ({ kind: "trim", seq, at, upTo }));
}

/** The last entry of the old end that was made before then; entries are in the order of their time. */
function lastBefore(book: Book, uid: string, floor: Seq, before: number): Seq {
  let last = floor;
  for (const { seq, body } of book.entries(uid, floor, Infinity)) {
    if (JSON.parse(body).at >= before) break;
    last = seq;
  }
  return last;
}

const USERS_AT_ONCE = 200;
