import type { Notification } from "@carillon/protocol";
import type { Filter, Received } from "../../store/feed.ts";
import type { View } from "../../store/view.ts";

/** The notifications among which a filter chooses, oldest first. What is archived has a list of its own, which reaches further back. */
export function listFor(filter: Received, { notifications, archived }: View): readonly Notification[] {
  return filter === "archived" ? archived : notifications;
}

/** How many there are of what a filter chooses among. */
export function countFor(filter: Filter, now: View): number {
  return filter === "sent" ? now.sent.length : listFor(filter, now).length;
}

/** Whether a notification is shown under a filter. */
export function passes(notification: Notification, filter: Received): boolean {
  switch (filter) {
    case "all":
      return isInInbox(notification);
    case "unread":
      return isUnread(notification);
    case "snoozed":
      return notification.snoozedUntil !== undefined && !notification.archived;
    case "archived":
      return notification.archived === true;
    default:
      return filter satisfies never;
  }
}

/** Whether it waits for its reader: such as the hub counts (P25, P52 to P54). */
export function isUnread(notification: Notification): boolean {
  return !notification.read && !notification.muted && isInInbox(notification);
}

function isInInbox({ archived, snoozedUntil }: Notification): boolean {
  return !archived && snoozedUntil === undefined;
}
