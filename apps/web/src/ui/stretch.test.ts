import fc from "fast-check";
import { expect, test } from "vitest";
import { beginningsOf, drawn, stretchBetween } from "./stretch.ts";

const evens = beginningsOf(Array.from({ length: 100 }, () => 10));

test("what is in sight is drawn, and little else", () => {
  expect(stretchBetween(evens, 400, 500)).toEqual({ first: 40, end: 52 });
  expect(stretchBetween(evens, -600, 45)).toEqual({ first: 0, end: 8 });
  expect(stretchBetween(evens, 995, 5_000)).toEqual({ first: 96, end: 100 });
  expect(stretchBetween(beginningsOf([]), 0, 500)).toEqual({ first: 0, end: 0 });
});

test("an item with the keyboard on it is drawn wherever it stands, with the room of those that are not before it", () => {
  const parts = drawn(evens, { first: 40, end: 42 }, [7]);
  expect(parts).toEqual([
    { index: 7, room: 70 },
    { index: 40, room: 320 },
    { index: 41, room: 0 },
  ]);
});

test("what is gone or in the stretch anyway is not drawn for being kept", () => {
  expect(drawn(evens, { first: 0, end: 2 }, [-1, 1, 100])).toEqual([
    { index: 0, room: 0 },
    { index: 1, room: 0 },
  ]);
});

test("whatever the heights, everything between two heights is drawn, and stands where it belongs", () => {
  const heights = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(heights, fc.nat(40_000), fc.nat(900), fc.nat(250), (of, from, span, kept) => {
      const beginnings = beginningsOf(of);
      const parts = drawn(beginnings, stretchBetween(beginnings, from, from + span), [kept]);
      let place = 0;
      for (const { index, room } of parts) {
        place += room;
        expect(place).toBe(beginnings[index]);
        place += of[index] ?? 0;
      }
      const shown = new Set(parts.map(({ index }) => index));
      for (const index of of.keys()) {
        const isBetween = (beginnings[index + 1] ?? 0) > from && (beginnings[index] ?? 0) < from + span;
        if (isBetween) expect(shown.has(index)).toBe(true);
      }
    }),
  );
});
