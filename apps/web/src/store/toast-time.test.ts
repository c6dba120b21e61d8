import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { runToastTime } from "./toast-time.ts";
import { none, ring, STANDING, STANDS_FOR, type Toasts } from "./toasts.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function ringing(inSight = () => true) {
  const toasts = createStore<Toasts>(() => none);
  const time = runToastTime(toasts, inSight);
  const rings = () =>
    toasts.setState(
      (now) => ring(now, { kind: "notification", seq: 1, from: "101", at: 0, id: "a", text: "" }, STANDING),
      true,
    );
  rings();
  return { toasts, time, rings };
}

test("a toast stands for its time", () => {
  const { toasts } = ringing();
  vi.advanceTimersByTime(STANDS_FOR - 200);
  expect(toasts.getState().standing).toHaveLength(1);
  vi.advanceTimersByTime(200);
  expect(toasts.getState().standing).toHaveLength(0);
});

test("time stands still while somebody holds the toasts, and goes on after", () => {
  const { toasts, time } = ringing();
  vi.advanceTimersByTime(STANDS_FOR - 200);
  time.hold("pointer", true);
  time.hold("keyboard", true);
  time.hold("keyboard", false);
  vi.advanceTimersByTime(10 * STANDS_FOR);
  expect(toasts.getState().standing).toHaveLength(1);
  time.hold("pointer", false);
  vi.advanceTimersByTime(200);
  expect(toasts.getState().standing).toHaveLength(0);
});

test("time stands still while the page is out of sight", () => {
  let inSight = false;
  const { toasts } = ringing(() => inSight);
  vi.advanceTimersByTime(10 * STANDS_FOR);
  expect(toasts.getState().standing).toHaveLength(1);
  inSight = true;
  vi.advanceTimersByTime(STANDS_FOR);
  expect(toasts.getState().standing).toHaveLength(0);
});

test("nothing ticks when no toast stands, and a toast that went while held holds no other", () => {
  const { toasts, time, rings } = ringing();
  time.hold("pointer", true);
  toasts.setState(none, true);
  expect(vi.getTimerCount()).toBe(0);
  rings();
  vi.advanceTimersByTime(STANDS_FOR);
  expect(toasts.getState().standing).toHaveLength(0);
});
