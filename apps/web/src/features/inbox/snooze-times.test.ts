import { expect, test } from "vitest";
import { snoozeTimes } from "./snooze-times.ts";

const offered = (...now: [number, number, number, number, number]) =>
  snoozeTimes(new Date(...now).getTime()).map(({ name, at }) => [name, new Date(at)]);

test("later today is three hours on, at a quarter; tomorrow and next week begin at nine", () => {
  expect(offered(2026, 10, 25, 14, 7)).toEqual([
    ["laterToday", new Date(2026, 10, 25, 17, 15)],
    ["tomorrow", new Date(2026, 10, 26, 9)],
    ["nextWeek", new Date(2026, 10, 30, 9)],
  ]);
});

test("in the evening nothing is later today", () => {
  expect(offered(2026, 10, 25, 21, 30).map(([name]) => name)).toEqual(["tomorrow", "nextWeek"]);
});

test("next week is never tomorrow, nor today", () => {
  expect(offered(2026, 10, 29, 10, 0).at(-1)).toEqual(["nextWeek", new Date(2026, 11, 7, 9)]); // A Sunday.
  expect(offered(2026, 10, 30, 8, 0).at(-1)).toEqual(["nextWeek", new Date(2026, 11, 7, 9)]); // A Monday.
});
