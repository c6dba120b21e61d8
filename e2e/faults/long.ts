/** `CARILLON_FAULTS=long` is the whole attack; without it, one that every test run can afford. */
export const isLong = process.env["CARILLON_FAULTS"] === "long";

/** One size for every run, another where there is time. */
export function size<T>(short: T, long: T): T {
  return isLong ? long : short;
}

/** Milliseconds that one test may take before it counts as hung. */
export const LIMIT_MS = size(90_000, 900_000);
