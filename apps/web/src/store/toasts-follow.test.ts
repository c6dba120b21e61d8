import type { Notification } from "@carillon/protocol";
import { expect, test } from "vitest";
import { follow as followed } from "./toasts-follow.ts";
import { none, ring as rings, STANDING, type Toasts } from "./toasts.ts";

const rung = (seq: number, flags: Partial<Notification> = {}): Notification => ({
  kind: "notification",
  seq,
  from: "101",
  at: 0,
  id: `n${seq}`,
  text: `text ${seq}`,
  ...flags,
});
const ring = (toasts: Toasts, notification: Notification) => rings(toasts, notification, STANDING);
const range = (count: number) => Array.from({ length: count }, (_, n) => rung(n + 1));
const follow = (toasts: Toasts, notifications: readonly Notification[]) => followed(toasts, notifications, true);
const ringing = (count: number) => range(count).reduce((all, one) => ring(all, one), none);
const standing = (toasts: Toasts) => toasts.standing.map((one) => one.notification.seq);
const counted = (toasts: Toasts) => toasts.more.map((one) => one.notification.seq);

test("[P26] a notification that is retracted leaves its toast, and the count", () => {
  const after = follow(ringing(5), [rung(1), rung(3), rung(5)]);
  expect(standing(after)).toEqual([3, 5]);
  expect(counted(after)).toEqual([1]);
  expect(follow(ringing(5), [])).toMatchObject({ standing: [], more: [] });
});

test("[P23] one that was read, here or elsewhere, leaves its toast, and the count", () => {
  const after = follow(ringing(5), [
    rung(1, { read: true, seen: true }),
    ...range(5).slice(1, 4),
    rung(5, { read: true }),
  ]);
  expect(standing(after)).toEqual([3, 4]);
  expect(counted(after)).toEqual([2]);
});

test("[P23] one that was seen in another tab leaves its toast where nobody looks, and stays its time where somebody does", () => {
  const seen = range(5).map((one) => ({ ...one, seen: true as const }));
  expect(followed(ringing(5), seen, false)).toMatchObject({ standing: [], more: [] });
  expect(standing(followed(ringing(5), seen, true))).toEqual([3, 4, 5]);
});

test("[P26] an edited one shows the new text", () => {
  const [toast] = follow(ringing(1), [rung(1, { text: "better", edited: true })]).standing;
  expect(toast?.notification).toMatchObject({ text: "better", edited: true });
});

test("what the view is too short to hold is not taken for retracted", () => {
  const toasts = ringing(5);
  expect(counted(follow(toasts, range(5).slice(1)))).toEqual([1, 2]);
});

test("toasts that a view says nothing new of stay the same", () => {
  const notifications = range(5);
  const toasts = notifications.reduce((all, one) => ring(all, one), none);
  expect(follow(toasts, [...notifications, rung(6)])).toBe(toasts);
  expect(follow(none, [rung(1, { read: true })])).toBe(none);
});
