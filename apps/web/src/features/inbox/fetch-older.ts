import { older as fetchOlder } from "../../hub.ts";
import { connection } from "../../store/connection.ts";
import { feed, type Filter } from "../../store/feed.ts";
import { older } from "../../store/older.ts";
import { unreadIn, type View, view } from "../../store/view.ts";
import { isUnread, listFor } from "./filter.ts";

/** As many notifications as the client holds for a page (`HISTORY_LIMIT`); the rest of a longer log stays in the hub. */
const MOST = 10_000;

/** Whether the log may hold more that would be shown than is here. */
export function isMore(now: View, filter: Filter): boolean {
  if (now.complete[kindOf(filter)]) return false;
  return filter !== "unread" || unreadIn(now) > now.notifications.filter(isUnread).length;
}

/** Whether the page holds as many as it may, though there are more. */
export function isFull(now: View, filter: Filter): boolean {
  return listFor(filter, now).length >= MOST;
}

/**
 * Fetches older ones as the end comes near: once at a time, and not again after a failure before somebody asks. Nobody knows how many
 * are put off further back: whoever misses one asks.
 */
export function nearEnd(): void {
  if (feed.getState().filter !== "snoozed" && older.getState() === "idle") fetchMore();
}

/** Fetches older ones because somebody asked, or because the hub is back. */
export function fetchMore(): void {
  const now = view.getState();
  const { filter } = feed.getState();
  if (older.getState() === "underway" || connection.getState().status.at !== "online") return;
  if (!isMore(now, filter) || isFull(now, filter)) return;
  older.setState("underway", true);
  fetchOlder(kindOf(filter)).then(
    () => older.setState("idle", true),
    () => older.setState("failed", true),
  );
}

function kindOf(filter: Filter): "archived" | "notification" {
  return filter === "archived" ? "archived" : "notification";
}
