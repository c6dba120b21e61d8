import type { Notification } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";

/** What came while it was to be quiet, oldest first, until the user is done with that. */
export const caughtUp = createStore<readonly Notification[]>(() => []);

/** Of these, those that nobody has dealt with once the view says this (oldest first). */
export function stillNews(
  all: readonly Notification[],
  notifications: readonly Notification[],
): readonly Notification[] {
  if (all.length === 0) return all;
  const news = new Set(notifications.filter(isNews).map(({ seq }) => seq));
  const left = all.filter(({ seq }) => news.has(seq));
  return left.length === all.length ? all : left;
}

function isNews({ read, archived, snoozedUntil }: Notification): boolean {
  return !read && !archived && snoozedUntil === undefined;
}
