import { expect, test } from "vitest";
import { afterSleep } from "./sleep.ts";
import { HandClock } from "./testing/clock.ts";

function watched() {
  const clock = new HandClock();
  let naps = 0;
  const stop = afterSleep(clock, () => (naps += 1));
  return { clock, stop, naps: () => naps };
}

test("[P48] a machine that slept is noticed by its late timer, once a sleep", () => {
  const { clock, naps } = watched();
  clock.pass(60_000);
  expect(naps()).toBe(0);
  clock.sleep(7_200_000);
  expect(naps()).toBe(1);
  clock.pass(60_000);
  expect(naps()).toBe(1);
  clock.sleep(7_200_000);
  expect(naps()).toBe(2);
});

test("[P48] a page that was only busy has not slept", () => {
  const { clock, naps } = watched();
  clock.sleep(5_000);
  expect(naps()).toBe(0);
});

test("[P48] stopped, it looks no more, also when that is said by the call itself", () => {
  const { clock, stop, naps } = watched();
  stop();
  clock.sleep(7_200_000);
  expect([naps(), clock.pending]).toEqual([0, 0]);
  const stopAtOnce = afterSleep(clock, () => stopAtOnce());
  clock.sleep(7_200_000);
  expect(clock.pending).toBe(0);
});
