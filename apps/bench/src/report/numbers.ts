import type { Spread } from "./spread.ts";

/** Three digits, and thousands with commas. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value >= 1_000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}

/** `median [least..most]`, or the median alone where there is but one. */
export function spread(of: Spread | undefined): string {
  if (of === undefined) return "–";
  return of.count === 1 ? number(of.median) : `${number(of.median)} [${number(of.least)}..${number(of.most)}]`;
}
