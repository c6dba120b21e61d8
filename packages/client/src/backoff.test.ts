import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoff } from "./backoff.ts";

/** The greatest number that a generator in [0, 1) gives. */
const ALMOST_ONE = 1 - Number.EPSILON / 2;

describe("backoff", () => {
  test.each([
    [1, 500],
    [2, 1_000],
    [3, 2_000],
    [4, 4_000],
    [5, 8_000],
    [6, 16_000],
    [7, 30_000],
    [8, 30_000],
    [100, 30_000],
  ])("[P21] after %i failures waits up to %i ms", (failures, ceiling) => {
    expect(backoff(failures, ALMOST_ONE)).toBe(ceiling);
    expect(backoff(failures, 0.5)).toBe(ceiling / 2);
  });

  test("[P21] full jitter: the wait may be nothing at all, however many failures there were", () => {
    for (const failures of [1, 5, 50]) expect(backoff(failures, 0)).toBe(0);
  });

  test("[P21] is uniform: a tenth of the dice gives a tenth of the ceiling", () => {
    const waits = Array.from({ length: 1_000 }, (_, i) => backoff(7, i / 1_000));
    const perTenth = Map.groupBy(waits, (ms) => Math.min(9, Math.floor(ms / 3_000)));
    expect([...perTenth.values()].map((tenth) => tenth.length)).toEqual(Array.from({ length: 10 }, () => 100));
  });

  test("[P21] is whole milliseconds between 0 and 30 s for every count, also one that no clock will see", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, random) => {
          const ms = backoff(failures, random);
          expect(Number.isInteger(ms)).toBe(true);
          expect(ms >= 0 && ms <= 30_000).toBe(true);
        },
      ),
    );
  });
});
