import { describe, expect, it } from "vitest";
import { Bucket } from "./bucket.ts";

const rate = { atOnce: 5, perSecond: 10 };
const bucketAt = (now: number, longestWait = 30_000) => new Bucket(rate, longestWait, now);
const take = (bucket: Bucket, times: number, now: number) => Array.from({ length: times }, () => bucket.take(now));

describe("a bucket", () => {
  it("[P51] gives so many at once, then so many a second", () => {
    const bucket = bucketAt(0);
    expect(take(bucket, 6, 0)).toEqual([0, 0, 0, 0, 0, 100]);
    expect(take(bucket, 11, 1_000).filter((wait) => wait === 0)).toHaveLength(5);
    expect(bucket.take(1_700)).toBe(0);
  });

  it("[P51] gives each who has to wait a turn of his own, and keeps it", () => {
    const bucket = bucketAt(0);
    take(bucket, 5, 0);
    const turns = take(bucket, 20, 0);
    expect(turns).toEqual(Array.from({ length: 20 }, (_, n) => (n + 1) * 100));
    expect(turns.map((turn) => bucket.take(turn))).toEqual(turns.map(() => 0));
  });

  it("[P51] tells nobody to wait longer than the longest wait", () => {
    const bucket = bucketAt(0, 1_000);
    take(bucket, 5, 0);
    expect(take(bucketAt(0, 0), 6, 0)).toEqual([0, 0, 0, 0, 0, 1]); // Never the 0 that means granted.
    expect(take(bucket, 50, 0).slice(9)).toEqual(Array.from({ length: 41 }, () => 1_000));
  });

  it("[P51] does not mind a clock that stands still or goes back", () => {
    const bucket = bucketAt(1_000);
    take(bucket, 5, 1_000);
    expect(bucket.take(0)).toBeGreaterThan(0);
    expect(take(bucket, 3, 1_200).filter((wait) => wait === 0).length).toBeLessThanOrEqual(2);
  });

  it("[P51] in debt gives nobody a turn before it is paid back, and is never in it for longer than the longest wait", () => {
    const bucket = bucketAt(0);
    bucket.charge(25, 0);
    expect([bucket.debt(0), bucket.take(0), bucket.debt(0)]).toEqual([2_100, 2_200, 2_300]);
    expect([bucket.debt(1_999) > 0, bucket.debt(2_001), bucket.take(2_101)]).toEqual([true, 0, 0]);
    bucket.charge(1_000_000, 2_101);
    expect(bucket.debt(2_101)).toBe(30_000);
    expect(bucket.debt(2_101 + 30_001)).toBe(0);
  });

  it("is as good as new when it is full and nobody waits", () => {
    const bucket = bucketAt(0);
    expect(bucket.isIdle(0)).toBe(true);
    take(bucket, 8, 0);
    expect(bucket.isIdle(299)).toBe(false);
    expect(bucket.isIdle(499)).toBe(false);
    expect(bucket.isIdle(500)).toBe(true);
  });

  it("[P51] in any stretch of time never gives more than burst and rate allow", () => {
    const bucket = bucketAt(0);
    const given: number[] = [];
    for (let now = 0, n = 0; n < 500; n++) {
      now += (n * 7_919) % 173; // Gaps of all lengths, in no order.
      if (bucket.take(now) === 0) given.push(now);
    }
    expect(given.length).toBeGreaterThan(100);
    const excess = given.flatMap((start, from) =>
      given.slice(from).map((end, count) => count + 1 - rate.atOnce - ((end - start) * rate.perSecond) / 1_000),
    );
    expect(Math.max(...excess)).toBeLessThan(0.001);
  });
});
