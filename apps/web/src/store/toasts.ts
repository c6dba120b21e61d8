import type { Notification } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";

/** How many toasts stand at once. */
export const STANDING = 3;
/** Milliseconds of unhovered, visible time that a toast stands. */
export const STANDS_FOR = 6_000;
/** How many more are counted; beyond it the oldest are given up. */
export const COUNTED = 1_000;

export type Toast = {
  readonly key: string;
  readonly notification: Notification;
  /** Milliseconds. */ readonly left: number;
};

/** The toasts, oldest first. */
export type Toasts = {
  readonly standing: readonly Toast[];
  /** Those that lost their room to newer ones: they are only counted. */
  readonly more: readonly Toast[];
  /** Milliseconds that the count stands yet. */
  readonly moreLeft: number;
};

export const none: Toasts = { standing: [], more: [], moreLeft: 0 };

/** A notification rings: it stands, and the oldest of too many goes into the count. */
export function ring(toasts: Toasts, notification: Notification): Toasts {
  const key = keyOf(notification);
  const standing = [...toasts.standing.filter((one) => one.key !== key), { key, notification, left: STANDS_FOR }];
  if (standing.length <= STANDING) return { ...toasts, standing };
  const more = [...toasts.more, ...standing.slice(0, -STANDING)].slice(-COUNTED);
  return { standing: standing.slice(-STANDING), more, moreLeft: STANDS_FOR };
}

/** These came while nobody could ring: as toasts where they find room, else only as a count. */
export function ringMissed(toasts: Toasts, notifications: readonly Notification[]): Toasts {
  if (notifications.length <= STANDING) return notifications.reduce(ring, toasts);
  const missed = notifications.map((notification) => ({ key: keyOf(notification), notification, left: STANDS_FOR }));
  return { ...toasts, more: [...toasts.more, ...missed].slice(-COUNTED), moreLeft: STANDS_FOR };
}

/** This much visible time has passed. */
export function pass(toasts: Toasts, milliseconds: number): Toasts {
  const standing = toasts.standing
    .map((one) => ({ ...one, left: one.left - milliseconds }))
    .filter((one) => one.left > 0);
  const moreLeft = toasts.moreLeft - milliseconds;
  return moreLeft > 0 ? { standing, more: toasts.more, moreLeft } : { ...none, standing };
}

/** The user is done with one toast. */
export function dismiss(toasts: Toasts, key: string): Toasts {
  const standing = toasts.standing.filter((one) => one.key !== key);
  return standing.length === toasts.standing.length ? toasts : { ...toasts, standing };
}

/** The user is done with the count. */
export function dismissMore(toasts: Toasts): Toasts {
  return { ...none, standing: toasts.standing };
}

/** Names a notification among the toasts. */
export function keyOf({ from, id }: Notification): string {
  return `${id} ${from}`;
}

export const toasts = createStore<Toasts>(() => none);
