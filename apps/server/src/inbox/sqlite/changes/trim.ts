import { isApplication, type Seq } from "@carillon/protocol";
import { isOwn, OWN_ENTRIES } from "../../../hub/own.ts";
import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { countsOf } from "../flags.ts";
import { type EntryRow, sentOf } from "../rows.ts";

/** Entries that a log holds, give or take a tenth, but no more than a thousand: a user's, and an application's. */
export type Bounds = { readonly user: number; readonly application: number };

/** Gives up the oldest entries of logs that hold more than that, some at a time, so that not every append has to. */
export function trimGrown(book: Book, bounds: Bounds, at: number): void {
  for (const uid of book.grown()) {
    const most = mostOf(uid, bounds);
    const { head, floor } = book.user(uid);
    if (head - floor > most + Math.min(most * SLACK, MOST_SLACK)) trim(book, uid, head - most, at);
  }
}

function mostOf(uid: string, { user, application }: Bounds): number {
  if (isOwn(uid)) return Math.min(user, OWN_ENTRIES);
  return isApplication(uid) ? application : user;
}

/** Gives up what was made before `before`, in the next users in the order of their uids; `next` is the last of them (P28). */
export function expire(
  book: Book,
  { after, before, at }: Extract<Change, { op: "expire" }>,
): { next: string | undefined } {
  const users = book.sql.usersAfter.all(after, USERS_AT_ONCE) as { uid: string; head: Seq; floor: Seq }[];
  for (const { uid, floor } of users) {
    const upTo = lastBefore(book, uid, floor, before);
    if (upTo > floor) trim(book, uid, upTo, at);
  }
  return { next: users.length < USERS_AT_ONCE ? undefined : users.at(-1)?.uid };
}

/** Gives up the entries up to a seq, and says so with an entry (P28). */
function trim(book: Book, uid: string, upTo: Seq, at: number): void {
  let unseen = 0;
  let unread = 0;
  for (const row of book.sql.entriesUpTo.all(uid, upTo) as EntryRow[]) {
    if (row.kind === "sent") book.sql.removeDraft.run(uid, sentOf(row, "stored").id);
    if (row.kind !== "notification") continue;
    const counted = countsOf(row.flags);
    unseen += counted.unseen;
    unread += counted.unread;
  }
  book.count(uid, -unseen, -unread);
  book.sql.removeUpTo.run(uid, upTo);
  book.sql.setFloor.run(upTo, uid);
  book.grow(uid, (seq) => ({ kind: "trim", seq, at, upTo }));
}

/** The last entry of the old end that was made before then; entries are in the order of their time. */
function lastBefore(book: Book, uid: string, floor: Seq, before: number): Seq {
  let last = floor;
  for (;;) {
    const rows = book.sql.entriesAfter.all(uid, last, PAGE) as EntryRow[];
    const old = rows.filter(({ body }) => JSON.parse(body).at < before);
    last = old.at(-1)?.seq ?? last;
    if (old.length < PAGE) return last;
  }
}

const SLACK = 0.1;
const MOST_SLACK = 1_000;
const USERS_AT_ONCE = 200;
const PAGE = 500;
