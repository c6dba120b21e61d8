import type { Notification, QuietTime } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";
import { keep } from "../storage.ts";

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

/** What came in a quiet that was over before this tab was there, would have rung, and is still unseen (P55). */
export function cameInQuiet(notifications: readonly Notification[], { since, until }: QuietTime) {
  return notifications.filter(
    (one) => one.seq > since && one.at < until && isNews(one) && !one.seen && !one.muted && one.priority === undefined,
  );
}

/** Which quiet somebody was told the end of in this browser, by its `until`; so that no tab that opens later tells it again. */
export function toldIn(uid: string, storage: Storage | undefined) {
  const key = `carillon:quiet-told:${uid}`;
  return {
    isTold: ({ until }: QuietTime) => storage?.getItem(key) === String(until),
    tell: ({ until }: QuietTime) => keep(storage, key, String(until)),
  };
}
