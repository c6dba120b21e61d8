import { expect, it } from "vitest";
import { Rates, unlimited } from "./rates.ts";

function ratesOf(rate: { atOnce: number; perSecond: number } | undefined) {
  const time = { now: 0 };
  return { time, rates: new Rates({ rate, longestWait: 1_000, clock: () => time.now }) };
}

it("[P51] counts each user by himself", () => {
  const { rates } = ratesOf({ atOnce: 1, perSecond: 10 });
  expect([rates.take("100"), rates.take("100"), rates.take("101")]).toEqual([0, 100, 0]);
});

it("[P51] forgets who has not asked for as long as a bucket takes to fill, and only those", () => {
  const { time, rates } = ratesOf({ atOnce: 10, perSecond: 10 });
  for (let n = 0; n < 1_000; n++) rates.take(`user-${n}`);
  for (let n = 0; n < 11; n++) rates.take("busy");
  expect(rates.size).toBe(1_001);
  time.now = 500;
  for (let n = 0; n < 8; n++) rates.take("busy");
  time.now = 1_050;
  rates.take("other");
  expect(rates.size).toBe(2);
  time.now = 5_000;
  rates.take("other");
  expect(rates.size).toBe(1);
});

it("[P51] without a rate remembers nobody", () => {
  const rates = unlimited();
  for (let n = 0; n < 100; n++) expect(rates.take("100")).toBe(0);
  expect(rates.size).toBe(0);
});
