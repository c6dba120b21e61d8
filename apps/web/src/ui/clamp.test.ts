import { expect, test } from "vitest";
import { isLong } from "./clamp.ts";

test("a text that fits four lines of the widest column is not cut", () => {
  expect(isLong("")).toBe(false);
  expect(isLong("one\ntwo\nthree\nfour")).toBe(false);
  expect(isLong("x".repeat(272))).toBe(false);
});

test("a fifth line makes a text long, however it comes about", () => {
  expect(isLong("one\ntwo\n\nfour\nfive")).toBe(true);
  expect(isLong("x".repeat(273))).toBe(true);
});

test("ideographs take twice the room", () => {
  expect(isLong("字".repeat(136))).toBe(false);
  expect(isLong("字".repeat(137))).toBe(true);
});
