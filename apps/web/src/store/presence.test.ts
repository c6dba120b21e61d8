import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { write } from "./compose.ts";
import { SETTLED_MS, watchTarget } from "./presence.ts";

beforeEach(() => {
  vi.useFakeTimers();
  write({ to: "" });
});
afterEach(() => vi.useRealTimers());

function watched() {
  const lists: (readonly string[])[] = [];
  const stop = watchTarget((uids) => lists.push(uids));
  onTestFinished(stop);
  return { lists, stop };
}

test("[P45] whom a kept draft is for is watched from the start", () => {
  write({ to: " 101 " });
  expect(watched().lists).toEqual([["101"]]);
});

test("[P45] a name is watched when it is written, not at each of its letters", () => {
  const { lists } = watched();
  for (const to of ["1", "10", "101"]) {
    write({ to });
    vi.advanceTimersByTime(SETTLED_MS - 1);
  }
  write({ text: "the text is nobody's name" });
  vi.advanceTimersByTime(1);
  expect(lists).toEqual([[], ["101"]]);
});

test("[P45] what is no name watches nobody", () => {
  const { lists } = watched();
  write({ to: "x".repeat(129) });
  vi.advanceTimersByTime(SETTLED_MS);
  expect(lists).toEqual([[], []]);
});

test("[P45] nobody is watched once it is over", () => {
  const { lists, stop } = watched();
  write({ to: "101" });
  stop();
  write({ to: "102" });
  expect(vi.getTimerCount()).toBe(0);
  expect(lists).toEqual([[]]);
});
