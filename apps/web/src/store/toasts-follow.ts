import type { Notification, Seq } from "@carillon/protocol";
import { keyOf, type Toast, type Toasts } from "./toasts.ts";

/**
 * The toasts once the view says this (oldest first): a notification that is retracted, read, archived or put off has no toast any more, and, while
 * nobody looks at this tab, nor has one that was seen in another; one that was edited says so in its toast.
 */
export function follow(toasts: Toasts, notifications: readonly Notification[], isVisible: boolean): Toasts {
  if (toasts.standing.length === 0 && toasts.more.length === 0) return toasts;
  const known = new Map(notifications.map((one) => [keyOf(one), one]));
  const from = notifications[0]?.seq ?? 0;
  const followed = (all: readonly Toast[]) =>
    all.flatMap((toast) => followedBy(toast, known.get(toast.key), from, isVisible));
  return changed(toasts, followed(toasts.standing), followed(toasts.more));
}

// What is older than all that the view holds is no longer there to look at, and nothing is known of it.
function followedBy(
  toast: Toast,
  notification: Notification | undefined,
  from: Seq,
  isVisible: boolean,
): readonly Toast[] {
  if (notification === undefined) return toast.notification.seq < from ? [toast] : [];
  const { read, seen, archived, snoozedUntil } = notification;
  if (read || archived || snoozedUntil !== undefined || (seen && !isVisible)) return [];
  return [notification === toast.notification ? toast : { ...toast, notification }];
}

function changed(toasts: Toasts, standing: readonly Toast[], more: readonly Toast[]): Toasts {
  return same(standing, toasts.standing) && same(more, toasts.more) ? toasts : { ...toasts, standing, more };
}

function same(some: readonly Toast[], others: readonly Toast[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
