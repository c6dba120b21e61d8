import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetUndo, holdUndo, letUndoPass, offerUndo, type Undo, undo, UNDO_MS } from "./undo.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  forgetUndo();
  vi.useRealTimers();
});

const some: Undo = { did: "read", seqs: [1, 2], count: 2 };

test("an offer stands for some seconds; the next one for as long again", () => {
  offerUndo(some);
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(undo.getState()).toBe(some);
  offerUndo({ did: "read", seqs: [3, 4], count: 2 });
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(undo.getState()?.seqs).toEqual([3, 4]);
  vi.advanceTimersByTime(1);
  expect(undo.getState()).toBeUndefined();
});

test("while somebody points at it, it stands", () => {
  offerUndo(some);
  holdUndo();
  vi.advanceTimersByTime(10 * UNDO_MS);
  expect(undo.getState()).toBe(some);
  letUndoPass();
  vi.advanceTimersByTime(UNDO_MS);
  expect(undo.getState()).toBeUndefined();
});
