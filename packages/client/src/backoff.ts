/**
 * Full jitter: a uniform wait between nothing and a ceiling that doubles with each failure, so that a thousand clients cut at
 * once do not come back at once (AWS Architecture Blog, "Exponential Backoff and Jitter").
 * @param failures connections that failed in a row, from 1
 * @param random uniform in [0, 1)
 * @returns milliseconds
 */
export function backoff(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 30));
  return Math.round(random * ceiling);
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
