import { expect, test } from "vitest";
import { ago } from "./time.ts";

const now = new Date(2026, 5, 15, 12, 0, 0).getTime();
const before = (ms: number) => now - ms;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test("what is under a minute old is now, also by a clock that lags behind the hub's", () => {
  expect(ago(before(0), now, "en")).toBe("now");
  expect(ago(before(59_999), now, "en")).toBe("now");
  expect(ago(before(-5 * minute), now, "en")).toBe("now");
});

test("age is told in the largest unit that is full", () => {
  expect(ago(before(minute), now, "en")).toBe("1m ago");
  expect(ago(before(hour - 1), now, "en")).toBe("59m ago");
  expect(ago(before(hour), now, "en")).toBe("1h ago");
  expect(ago(before(day - 1), now, "en")).toBe("23h ago");
  expect(ago(before(day), now, "en")).toBe("yesterday");
  expect(ago(before(7 * day - 1), now, "en")).toBe("6d ago");
});

test("after a week it is a date, with the year only if that is another", () => {
  expect(ago(before(7 * day), now, "en")).toBe("Jun 8");
  expect(ago(before(365 * day), now, "en")).toBe("Jun 15, 2025");
});

test("Chinese has its own words for it", () => {
  expect(ago(before(0), now, "zh-CN")).toBe("现在");
  expect(ago(before(5 * minute), now, "zh-CN")).toBe("5分钟前");
  expect(ago(before(day), now, "zh-CN")).toBe("昨天");
});
