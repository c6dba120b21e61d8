import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Alarm } from "./alarm.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HOUR = 3_600_000;
/** More than a timer can wait. */
const MONTH = 26 * 24 * HOUR;

function alarm() {
  const rung: number[] = [];
  const start = Date.now();
  const one = new Alarm(() => rung.push(Date.now() - start), Date.now);
  return { rung, one, set: (ms: number) => one.set(start + ms) };
}

it("[P38] rings at the earliest of its times, once, and again when it is set again", () => {
  const { rung, set } = alarm();
  for (const at of [5_000, 1_000, 3_000]) set(at);
  vi.advanceTimersByTime(HOUR);
  expect(rung).toEqual([1_000]);
  set(2 * HOUR);
  vi.advanceTimersByTime(2 * HOUR);
  expect(rung).toEqual([1_000, 2 * HOUR]);
});

it("[P38] waits for longer than any timer can", () => {
  const { rung, set } = alarm();
  set(MONTH);
  vi.advanceTimersByTime(MONTH - 1);
  expect(rung).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(rung).toEqual([MONTH]);
});

it("[P38] notices within a minute that the wall clock was set forward", () => {
  const { rung, set } = alarm();
  set(HOUR);
  vi.setSystemTime(Date.now() + HOUR);
  vi.advanceTimersByTime(60_000);
  expect(rung).toHaveLength(1);
});

it("rings for what is over already soon, but not in a row without a breath", () => {
  const { rung, one, set } = alarm();
  set(-HOUR);
  expect(rung).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(rung).toHaveLength(1);
  set(0);
  one.stop();
  set(1);
  vi.advanceTimersByTime(HOUR);
  expect(rung).toHaveLength(1);
});
