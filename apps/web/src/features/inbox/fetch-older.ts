import { older as fetchOlder } from "../../hub.ts";
import { connection } from "../../store/connection.ts";
import { feed, type Filter } from "../../store/feed.ts";
import { older } from "../../store/older.ts";
import { unreadIn, type View, view } from "../../store/view.ts";
import { passes } from "./rows.ts";

/** As many notifications as the client holds for a page (`HISTORY_LIMIT`); the rest of a longer log stays in the hub. */
const MOST = 10_000;

/** Whether the log may hold more that would be shown than is here. */
export function isMore(now: View, filter: Filter): boolean {
  if (now.complete.notification) return false;
  return filter === "all" || unreadIn(now) > unreadHere(now);
}

/** Whether the page holds as many as it may, though there are more. */
export function isFull({ notifications }: View): boolean {
  return notifications.length >= MOST;
}

/** Fetches older ones as the end comes near: once at a time, and not again after a failure before somebody asks. */
export function nearEnd(): void {
  if (older.getState() === "idle") fetchMore();
}

/** Fetches older ones because somebody asked, or because the hub is back. */
export function fetchMore(): void {
  const now = view.getState();
  if (older.getState() === "underway" || connection.getState().status.at !== "online") return;
  if (!isMore(now, feed.getState().filter) || isFull(now)) return;
  older.setState("underway", true);
  fetchOlder("notification").then(
    () => older.setState("idle", true),
    () => older.setState("failed", true),
  );
}

function unreadHere({ notifications }: View): number {
  return notifications.filter((one) => passes(one, "unread")).length;
}
