import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Question } from "./calls.ts";
import { Questions } from "./questions.ts";

let asked: number[][];
let questions: Questions;
let last = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"], now: 0 });
  vi.advanceTimersByTime(1_000);
  asked = [];
  last = 0;
  questions = new Questions((all) => void asked.push(all.map(({ call }) => call)));
});
afterEach(() => {
  vi.useRealTimers();
});

const question = (): Question => ({ call: (last += 1), read: { op: "open", uid: "101", start: { from: "snapshot" } } });
const turn = () => vi.advanceTimersByTime(0);

it("all of one turn go together, at its end", () => {
  for (const hurry of ["soon", "now", "soon"] as const) questions.add(question(), hurry);
  expect(asked).toEqual([]);
  turn();
  expect(asked).toEqual([[1, 2, 3]]);
});

it("who is in no hurry does not wait alone, but for company soon after others were asked", () => {
  questions.add(question(), "soon");
  turn();
  expect(asked).toEqual([[1]]);
  questions.add(question(), "soon");
  turn();
  questions.add(question(), "soon");
  turn();
  expect(asked).toEqual([[1]]);
  vi.advanceTimersByTime(2);
  expect(asked).toEqual([[1], [2, 3]]);
  vi.advanceTimersByTime(100);
  expect(asked).toHaveLength(2);
});

it("who is in a hurry waits for nobody, and takes along who waits", () => {
  questions.add(question(), "now");
  turn();
  questions.add(question(), "soon");
  turn();
  questions.add(question(), "now");
  turn();
  expect(asked).toEqual([[1], [2, 3]]);
  vi.advanceTimersByTime(100);
  expect(asked).toHaveLength(2);
});

it("what waits when the store is closed is asked before", () => {
  questions.add(question(), "now");
  questions.flush();
  expect(asked).toEqual([[1]]);
  turn();
  expect(asked).toHaveLength(1);
});
