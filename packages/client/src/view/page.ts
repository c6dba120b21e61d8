import { type HistoryKind, limits, type Notification, type Page, type Seq } from "@carillon/protocol";
import { withArchive } from "./archive.ts";
import { cropped, type Log, reaching, stands } from "./log.ts";

/** Items of each kind that are kept at most, however much older history is asked for. */
export const HISTORY_LIMIT = 10_000;

/** Items that are asked for at once; so many of the longest texts still pass through a hub's queue (P30). */
export const PAGE_ITEMS = limits.pageItems;

/** What to ask the hub for, and the log with room for it; undefined if the log is as long as it may be. */
export function roomForOlder(
  log: Log,
  of: HistoryKind,
): { readonly before: Seq; readonly limit: number; readonly log: Log } | undefined {
  const { length } = log[LISTS[of]];
  const limit = Math.min(PAGE_ITEMS, HISTORY_LIMIT - length);
  if (limit <= 0) return undefined;
  const room = { ...log.room, [of]: Math.max(log.room[of], length + limit) };
  return { before: log.from[of], limit, log: { ...log, room } };
}

/** The log with older items of one kind before its own, which stay as they are. */
export function withPage(log: Log, of: HistoryKind, { items, end }: Pick<Page, "items" | "end">): Log {
  const [oldest] = items;
  const from = end || oldest === undefined ? 0 : oldest.seq;
  const reached = reaching({ ...log.from, [of]: from }, log);
  switch (of) {
    case "notification": {
      const notifications = before(log.notifications, notificationsOf(items));
      return withArchive(cropped({ ...reached, notifications }), Math.min(from, log.from.archived));
    }
    case "archived":
      return withArchive({ ...reached, archived: before(log.archived, notificationsOf(items)) }, from);
    case "sent": {
      const older = items.filter((item) => item.kind === "sent");
      return cropped({ ...reached, sent: before(log.sent, older) });
    }
    default:
      return of satisfies never;
  }
}

const LISTS = { notification: "notifications", sent: "sent", archived: "archived" } as const;

function notificationsOf(items: Page["items"]): readonly Notification[] {
  return items.filter((item) => item.kind === "notification").filter(stands);
}

function before<I extends { readonly seq: Seq }>(items: readonly I[], older: readonly I[]): readonly I[] {
  const [oldest] = items;
  const fresh = oldest === undefined ? older : older.filter(({ seq }) => seq < oldest.seq);
  return fresh.length === 0 ? items : [...fresh, ...items];
}
