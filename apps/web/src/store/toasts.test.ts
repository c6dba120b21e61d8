import type { Notification } from "@carillon/protocol";
import { expect, test } from "vitest";
import * as all from "./toasts.ts";
import { answer, COUNTED, dismiss, dismissMore, none, pass, STANDING, STANDS_FOR, type Toasts } from "./toasts.ts";

const rung = (id: string): Notification => ({ kind: "notification", seq: 1, from: "101", at: 0, id, text: id });
const high = (id: string): Notification => ({ ...rung(id), priority: "high" });
const ring = (toasts: Toasts, notification: Notification) => all.ring(toasts, notification, STANDING);
const ringMissed = (toasts: Toasts, notifications: readonly Notification[], isAll = true) =>
  all.ringMissed(toasts, { notifications, isAll }, STANDING);
const standing = (toasts: Toasts) => toasts.standing.map((one) => one.notification.id);
const afterRinging = (...ids: string[]) => ids.map(rung).reduce((toasts, one) => ring(toasts, one), none);

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
  expect(crowded.isAll).toBe(true);
});

test("[P47] the count remembers that older ones were missed, too, until it is gone", () => {
  const ids = ["a", "b", "c", "d"];
  const cut = ringMissed(none, ids.map(rung), false);
  expect(ringMissed(cut, ids.map(rung)).isAll).toBe(false);
  expect(pass(cut, STANDS_FOR).isAll).toBe(true);
});

test("the count has a bound, also for what was missed", () => {
  const ids = Array.from({ length: COUNTED + 10 }, (_, n) => `${n}`);
  expect(afterRinging(...ids).more).toHaveLength(COUNTED);
  expect(ringMissed(none, ids.map(rung))).toMatchObject({ more: { length: COUNTED }, isAll: false });
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

test("where there is room for one, one stands and the others are counted", () => {
  const narrow = ["a", "b", "c"].map(rung).reduce((toasts, one) => all.ring(toasts, one, 1), none);
  expect(standing(narrow)).toEqual(["c"]);
  expect(narrow.more).toHaveLength(2);
});

test("[P37] one of high priority stands until somebody is done with it, and what rings later does not take its room", () => {
  const before = ring(none, high("urgent"));
  const crowded = ["a", "b", "c"].map(rung).reduce((toasts, one) => ring(toasts, one), before);
  expect(standing(crowded)).toEqual(["urgent", "b", "c"]);
  expect(standing(pass(crowded, 10 * STANDS_FOR))).toEqual(["urgent"]);
  expect(standing(dismiss(pass(crowded, 10 * STANDS_FOR), "urgent 101"))).toEqual([]);
});

test("[P37] one of high priority that was missed stands beside the count of the others", () => {
  const missed = ringMissed(none, [rung("a"), high("urgent"), ...["b", "c"].map(rung)]);
  expect(standing(missed)).toEqual(["urgent"]);
  expect(missed.more).toHaveLength(3);
});

test("who goes to the inbox takes all toasts along, but for what is of high priority or being answered", () => {
  const crowded = ring(answer(afterRinging("a", "b"), "b 101", true), high("urgent"));
  expect(standing(all.onlyPressing(crowded))).toEqual(["b", "urgent"]);
});

test("a toast in which somebody answers stays, whatever rings and however long it takes", () => {
  const answering = answer(afterRinging("a"), "a 101", true);
  const later = pass(
    ["b", "c", "d", "e"].map(rung).reduce((toasts, one) => ring(toasts, one), answering),
    STANDS_FOR,
  );
  expect(standing(later)).toEqual(["a"]);
  expect(standing(pass(answer(later, "a 101", false), STANDS_FOR))).toEqual([]);
});
