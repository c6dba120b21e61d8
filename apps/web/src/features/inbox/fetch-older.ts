import type { HistoryKind } from "@carillon/protocol";
import { older as fetchOlder } from "../../hub.ts";
import { connection } from "../../store/connection.ts";
import { feed, type Filter } from "../../store/feed.ts";
import { older } from "../../store/older.ts";
import { unreadIn, type View, view } from "../../store/view.ts";
import { countFor, isUnread } from "./filter.ts";

/** As many notifications as the client holds for a page (`HISTORY_LIMIT`); the rest of a longer log stays in the hub. */
const MOST = 10_000;

/** Whether the log may hold more that would be shown than is here. */
export function isMore(now: View, filter: Filter): boolean {
  if (now.complete[kindOf(filter)]) return false;
  return filter !== "unread" || unreadIn(now) > now.notifications.filter(isUnread).length;
}

/** Whether the page holds as many as it may, though there are more. */
export function isFull(now: View, filter: Filter): boolean {
  return countFor(filter, now) >= MOST;
}

/**
 * Pages that are fetched for the snoozed without being asked for: nobody knows how many are put off further back, and a short list
 * of them has its end in sight always.
 */
const LOOKED_THROUGH = 10;
let looked = 0;

/** Whether the snoozed come from further back only when somebody asks. */
export function isLookedThrough(): boolean {
  return looked >= LOOKED_THROUGH;
}

/** Fetches older ones as the end comes near: once at a time, and not again after a failure before somebody asks. */
export function nearEnd(): void {
  if (older.getState() !== "idle") return;
  if (feed.getState().filter !== "snoozed") fetchMore();
  else if (!isLookedThrough() && fetchMore()) looked++;
}

/** Somebody asked for older ones. */
export function askForMore(): void {
  looked = 0;
  fetchMore();
}

/** Fetches older ones; whether there is anything to fetch. */
function fetchMore(): boolean {
  const now = view.getState();
  const { filter } = feed.getState();
  if (older.getState() === "underway" || connection.getState().status.at !== "online") return false;
  if (!isMore(now, filter) || isFull(now, filter)) return false;
  older.setState("underway", true);
  fetchOlder(kindOf(filter)).then(
    () => older.setState("idle", true),
    () => older.setState("failed", true),
  );
  return true;
}

function kindOf(filter: Filter): HistoryKind {
  return filter === "archived" || filter === "sent" ? filter : "notification";
}
