import type { Notification } from "@carillon/protocol";
import { expect, test } from "vitest";
import { COUNTED, dismiss, dismissMore, none, pass, ring, ringMissed, STANDS_FOR, type Toasts } from "./toasts.ts";

const rung = (id: string): Notification => ({ kind: "notification", seq: 1, from: "101", at: 0, id, text: id });
const standing = (toasts: Toasts) => toasts.standing.map((one) => one.notification.id);
const afterRinging = (...ids: string[]) => ids.map(rung).reduce(ring, none);

test("three stand; the oldest of more goes into the count", () => {
  expect(standing(afterRinging("a", "b", "c"))).toEqual(["a", "b", "c"]);
  const crowded = afterRinging("a", "b", "c", "d", "e");
  expect(standing(crowded)).toEqual(["c", "d", "e"]);
  expect(crowded.more.map((one) => one.notification.id)).toEqual(["a", "b"]);
});

test("[P47] a few that were missed stand; many are one count, and take no room from what stands", () => {
  expect(standing(ringMissed(none, ["a", "b", "c"].map(rung)))).toEqual(["a", "b", "c"]);
  const crowded = ringMissed(afterRinging("live"), ["a", "b", "c", "d"].map(rung));
  expect(standing(crowded)).toEqual(["live"]);
  expect(crowded.more.map((one) => one.notification.id)).toEqual(["a", "b", "c", "d"]);
  expect(crowded.moreLeft).toBe(STANDS_FOR);
});

test("the count has a bound, also for what was missed", () => {
  const ids = Array.from({ length: COUNTED + 10 }, (_, n) => `${n}`);
  expect(afterRinging(...ids).more).toHaveLength(COUNTED);
  expect(ringMissed(none, ids.map(rung)).more).toHaveLength(COUNTED);
});

test("what rings again stands once", () => {
  expect(standing(afterRinging("a", "b", "a"))).toEqual(["b", "a"]);
});

test("a toast leaves when its time is over, not before", () => {
  const early = pass(afterRinging("a"), STANDS_FOR - 1);
  expect(standing(early)).toEqual(["a"]);
  expect(standing(pass(ring(early, rung("b")), 1))).toEqual(["b"]);
});

test("the count stands for its time after the last that went into it", () => {
  const crowded = pass(afterRinging("a", "b", "c", "d"), STANDS_FOR - 1);
  expect(ring(crowded, rung("e"))).toMatchObject({ more: [{ key: "a 101" }, { key: "b 101" }], moreLeft: STANDS_FOR });
  expect(pass(crowded, 1)).toEqual(none);
});

test("a dismissed toast makes room, and does not bring one back", () => {
  const crowded = afterRinging("a", "b", "c", "d");
  const [first] = crowded.standing;
  expect(standing(dismiss(crowded, first?.key ?? ""))).toEqual(["c", "d"]);
  expect(dismiss(crowded, "nobody")).toBe(crowded);
  expect(dismissMore(crowded).more).toEqual([]);
});
