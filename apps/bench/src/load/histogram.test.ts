import { expect, it } from "vitest";
import { Histogram } from "./histogram.ts";

it("a percentile is that of the sorted values, give or take a hundredth", () => {
  const values = Array.from({ length: 5_000 }, (_, n) => Math.round(1.004 ** n % 5_000_000) + n);
  const sorted = values.toSorted((a, b) => a - b);
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  for (const share of [0.01, 0.5, 0.95, 0.99, 0.999, 1]) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
    expect(Math.abs(histogram.at(share) - exact) / exact).toBeLessThan(0.01);
  }
});

it("small numbers are exact, large ones fit, negative ones are 0", () => {
  const histogram = new Histogram();
  for (const value of [-5, 3, 255, 2 ** 40]) histogram.add(value);
  expect([histogram.at(0.25), histogram.at(0.5), histogram.at(0.75)]).toEqual([0, 3, 255]);
  expect(histogram.at(1)).toBeGreaterThan(2 ** 30);
});

it("of nothing there is no percentile", () => {
  expect(new Histogram().at(0.5)).toBeNaN();
});
