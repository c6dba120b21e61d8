import type { Notification } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";

/** How many toasts stand at once, where there is room for as many. */
export const STANDING = 3;
/** Milliseconds of unhovered, visible time that a toast stands; one of high priority stands until somebody is done with it (P37). */
export const STANDS_FOR = 6_000;
/** How many more are counted; beyond it the oldest are given up. */
export const COUNTED = 1_000;

export type Toast = {
  readonly key: string;
  readonly notification: Notification;
  /** Milliseconds. */ readonly left: number;
  /** Somebody answers in it: it stands, whatever rings and however long that takes. */ readonly answering: boolean;
};

/** The toasts, oldest first. */
export type Toasts = {
  readonly standing: readonly Toast[];
  /** Those that lost their room to newer ones: they are only counted. */
  readonly more: readonly Toast[];
  /** Milliseconds that the count stands yet. */
  readonly moreLeft: number;
  /** There are no others; else there are more than the count says. */
  readonly isAll: boolean;
};

export const none: Toasts = { standing: [], more: [], moreLeft: 0, isAll: true };

/** What came while nobody could ring; where that is not all, older ones came, too. */
type Missed = { readonly notifications: readonly Notification[]; readonly isAll: boolean };

/** A notification rings: it stands, and of more than there is room for, those that can best wait go into the count. */
export function ring(toasts: Toasts, notification: Notification, room: number): Toasts {
  const fresh = toastOf(notification);
  const standing = [...toasts.standing.filter((one) => one.key !== fresh.key), fresh];
  const leaving = inOrderOfLeaving(standing).slice(0, Math.max(0, standing.length - room));
  if (leaving.length === 0) return { ...toasts, standing };
  return { ...counted(toasts, leaving), standing: standing.filter((one) => !leaving.includes(one)) };
}

/** What was missed rings: as toasts where they find room or are of high priority, else only as a count. */
export function ringMissed(toasts: Toasts, { notifications, isAll }: Missed, room: number): Toasts {
  const each = (all: Toasts, notification: Notification) => ring(all, notification, room);
  if (notifications.length <= room) return notifications.reduce(each, toasts);
  const missed = notifications.filter((one) => !isHigh(one)).map(toastOf);
  return notifications.filter(isHigh).reduce(each, counted({ ...toasts, isAll: toasts.isAll && isAll }, missed));
}

function counted(toasts: Toasts, others: readonly Toast[]): Toasts {
  const more = [...toasts.more, ...others];
  const isAll = toasts.isAll && more.length <= COUNTED;
  return { ...toasts, more: more.slice(-COUNTED), moreLeft: STANDS_FOR, isAll };
}

/** Somebody begins to answer in a toast, or is done with that. */
export function answer(toasts: Toasts, key: string, answering: boolean): Toasts {
  const standing = toasts.standing.map((one) => (one.key === key ? { ...one, answering } : one));
  return { ...toasts, standing };
}

/** This much visible time has passed. */
export function pass(toasts: Toasts, milliseconds: number): Toasts {
  const standing = toasts.standing
    .map((one) => (one.answering ? one : { ...one, left: one.left - milliseconds }))
    .filter((one) => one.left > 0);
  const moreLeft = toasts.moreLeft - milliseconds;
  return moreLeft > 0 ? { ...toasts, standing, moreLeft } : { ...none, standing };
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

/** The user goes to where all of it stands: only what is of high priority stays in the way, and what is being answered. */
export function onlyPressing(toasts: Toasts): Toasts {
  return {
    ...none,
    standing: toasts.standing.filter(({ answering, notification }) => answering || isHigh(notification)),
  };
}

/** Names a notification among the toasts. */
export function keyOf({ from, id }: Notification): string {
  return `${id} ${from}`;
}

/** Whether it interrupts (P37). */
export function isHigh({ priority }: Notification): boolean {
  return priority === "high";
}

function toastOf(notification: Notification): Toast {
  const left = isHigh(notification) ? Infinity : STANDS_FOR;
  return { key: keyOf(notification), notification, left, answering: false };
}

/** The oldest first, those of high priority after all others, and none in which somebody writes. */
function inOrderOfLeaving(standing: readonly Toast[]): readonly Toast[] {
  const free = standing.filter((one) => !one.answering);
  return [
    ...free.filter(({ notification }) => !isHigh(notification)),
    ...free.filter(({ notification }) => isHigh(notification)),
  ];
}

export const toasts = createStore<Toasts>(() => none);
