import { expect, test } from "vitest";
import { type Dwell, DWELL_MS, enter, leave, nextRipe, restart, ripen } from "./dwell.ts";

const nobody: Dwell<string> = new Map();
const standing = (since: number, ...rows: string[]) => rows.reduce((dwell, row) => enter(dwell, row, since), nobody);
const ripe = (dwell: Dwell<string>, now: number, limit = 200) => ripen(dwell, now, limit)[1];

test("[P23] a row is seen once it stood in sight for a second, not before", () => {
  const dwell = enter(standing(0, "a"), "b", 400);
  expect(ripe(dwell, DWELL_MS - 1)).toEqual([]);
  expect(ripe(dwell, DWELL_MS)).toEqual(["a"]);
  expect(ripe(dwell, DWELL_MS + 400)).toEqual(["a", "b"]);
});

test("[P23] a row that left and came back begins anew; one that is told twice that it is there does not", () => {
  expect(ripe(enter(leave(standing(0, "a"), "a"), "a", 900), DWELL_MS)).toEqual([]);
  expect(ripe(enter(standing(0, "a"), "a", 900), DWELL_MS)).toEqual(["a"]);
});

test("[P23] the time in which the page was out of sight does not count", () => {
  const back = restart(standing(0, "a"), 5_000);
  expect(ripe(back, 5_000 + DWELL_MS - 1)).toEqual([]);
  expect(ripe(back, 5_000 + DWELL_MS)).toEqual(["a"]);
});

test("[P23] a row ripens once while it stays in sight, whatever became of its mark", () => {
  const [after] = ripen(standing(0, "a"), DWELL_MS, 200);
  expect(ripe(restart(enter(after, "a", 2_000), 3_000), 9_000)).toEqual([]);
  expect(nextRipe(after)).toBeUndefined();
  expect(ripe(enter(leave(after, "a"), "a", 3_000), 9_000)).toEqual(["a"]);
});

test("[P23] more than one mark can name ripen in their turn", () => {
  const rows = Array.from({ length: 5 }, (_, n) => `row ${n}`);
  const [after, first] = ripen(standing(0, ...rows), DWELL_MS, 3);
  expect(first).toEqual(rows.slice(0, 3));
  expect(nextRipe(after)).toBe(DWELL_MS);
  expect(ripe(after, DWELL_MS, 3)).toEqual(rows.slice(3));
});

test("the next to ripen is the one that stood longest", () => {
  expect(nextRipe(nobody)).toBeUndefined();
  expect(nextRipe(enter(standing(700, "a"), "b", 300))).toBe(300 + DWELL_MS);
});
