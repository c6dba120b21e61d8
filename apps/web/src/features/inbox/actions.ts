import { archive, markRead, markUnread, unarchive } from "./marking.ts";
import { reply } from "./reply.ts";
import { meantBy, type Row } from "./rows.ts";

/** Something that can be done with a row. */
export type Action = {
  readonly name: "reply" | "read" | "unread" | "archive" | "unarchive";
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
    applies: (row) => meantBy(row).some(({ archived }) => !archived),
    run: (row) => archive(meantBy(row)),
  },
  unarchive: {
    name: "unarchive",
    applies: (row) => meantBy(row).every(({ archived }) => archived),
    run: (row) => unarchive(meantBy(row)),
  },
};

/** Those that a row offers: of two that take turns, the one that is next. */
export function offeredBy(row: Row): readonly Action[] {
  return [ACTIONS.reply, ACTIONS.read.applies(row) ? ACTIONS.read : ACTIONS.unread, nextOfArchive(row)];
}

/** Out of the way, or back from there. */
export function nextOfArchive(row: Row): Action {
  return ACTIONS.unarchive.applies(row) ? ACTIONS.unarchive : ACTIONS.archive;
}
