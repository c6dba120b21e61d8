import { archive, markRead, markUnread, unarchive, wake } from "./marking.ts";
import { reply } from "./reply.ts";
import { meantBy, type Row } from "./rows.ts";

/** Something that can be done with a row. */
export type Action = {
  readonly name: "reply" | "read" | "unread" | "archive" | "unarchive" | "wake";
  /** Whether it would change anything. */
  readonly applies: (row: Row) => boolean;
  readonly run: (row: Row) => void;
};

/** Everything that can be done with a row, on the row itself as by keys. */
export const ACTIONS: Readonly<Record<Action["name"], Action>> = {
  reply: { name: "reply", applies: () => true, run: ({ shown }) => reply(shown) },
  read: {
    name: "read",
    applies: (row) => meantBy(row).some(({ read }) => !read),
    run: (row) => markRead(meantBy(row)),
  },
  unread: {
    name: "unread",
    applies: (row) => meantBy(row).some(({ read }) => read),
    run: (row) => markUnread(meantBy(row)),
  },
  archive: {
    name: "archive",
    applies: (row) => meantBy(row).some(({ archived, snoozedUntil }) => !archived && snoozedUntil === undefined),
    run: (row) => archive(meantBy(row)),
  },
  unarchive: {
    name: "unarchive",
    applies: (row) => meantBy(row).some(({ archived }) => archived),
    run: (row) => unarchive(meantBy(row)),
  },
  wake: {
    name: "wake",
    applies: (row) => meantBy(row).some(({ archived, snoozedUntil }) => !archived && snoozedUntil !== undefined),
    run: (row) => wake(meantBy(row)),
  },
};

/** Those that a row offers: of those that take turns, the one that is next. */
export function offeredBy(row: Row): readonly Action[] {
  return [ACTIONS.reply, nextOfReading(row), nextOfPlace(row)];
}

/** Read, or unread again. */
export function nextOfReading(row: Row): Action {
  return ACTIONS.read.applies(row) ? ACTIONS.read : ACTIONS.unread;
}

/** Out of the inbox, or back into it from where the row is. */
export function nextOfPlace(row: Row): Action {
  return [ACTIONS.wake, ACTIONS.unarchive].find(({ applies }) => applies(row)) ?? ACTIONS.archive;
}
