import { expect, it } from "vitest";
import { Attention } from "./attention.ts";

it("[P56] a thread is attended while any connection of that user says so, and nothing is kept of those that are gone", () => {
  const attention = new Attention();
  const [first, second] = [{}, {}];
  attention.attend(first, "101", ["t", "u", "t"]);
  attention.attend(second, "101", ["t"]);
  attention.attend({}, "102", []);
  expect([attention.attends("101", "t"), attention.attends("101", "u"), attention.attends("102", "t")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(attention.attends("101", undefined)).toBe(false);
  attention.attend(first, "101", ["v"]);
  expect([attention.attends("101", "t"), attention.attends("101", "u"), attention.attends("101", "v")]).toEqual([
    true,
    false,
    true,
  ]);
  attention.leave(second);
  attention.leave(second);
  expect(attention.attends("101", "t")).toBe(false);
  attention.leave(first);
  expect(attention.uids()).toEqual([]);
});
