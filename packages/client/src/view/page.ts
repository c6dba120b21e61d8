import { limits, type Page, type Seq } from "@carillon/protocol";
import { cropped, type Kind, type Log, reaching, stands } from "./log.ts";

/** Items of each kind that are kept at most, however much older history is asked for. */
export const HISTORY_LIMIT = 10_000;

/** Items that are asked for at once; so many of the longest texts still pass through a hub's queue (P30). */
export const PAGE_ITEMS = limits.pageItems;

/** What to ask the hub for, and the log with room for it; undefined if the log is as long as it may be. */
export function roomForOlder(
  log: Log,
  of: Kind,
): { readonly before: Seq; readonly limit: number; readonly log: Log } | undefined {
  const { length } = of === "notification" ? log.notifications : log.sent;
  const limit = Math.min(PAGE_ITEMS, HISTORY_LIMIT - length);
  if (limit <= 0) return undefined;
  const room = { ...log.room, [of]: Math.max(log.room[of], length + limit) };
  return { before: log.from[of], limit, log: { ...log, room } };
}

/** The log with older items of one kind before its own, which stay as they are. */
export function withPage(log: Log, of: Kind, { items, end }: Pick<Page, "items" | "end">): Log {
  const [oldest] = items;
  const reached = { ...log.from, [of]: end || oldest === undefined ? 0 : oldest.seq };
  return cropped(reaching(reached, of === "notification" ? withNotifications(log, items) : withSent(log, items)));
}

function withNotifications(log: Log, items: Page["items"]): Log {
  const older = items.filter((item) => item.kind === "notification").filter(stands);
  return { ...log, notifications: before(log.notifications, older) };
}

function withSent(log: Log, items: Page["items"]): Log {
  const older = items.filter((item) => item.kind === "sent");
  return { ...log, sent: before(log.sent, older) };
}

function before<I extends { readonly seq: Seq }>(items: readonly I[], older: readonly I[]): readonly I[] {
  const [oldest] = items;
  const fresh = oldest === undefined ? older : older.filter(({ seq }) => seq < oldest.seq);
  return fresh.length === 0 ? items : [...fresh, ...items];
}
