/** Microseconds since this process began: whole, monotonic, and small enough for six bytes. */
export function now(): number {
  return Math.round(performance.now() * 1_000);
}
