/**
 * Counts whole numbers (microseconds) in buckets that are at most 1/128 wide of what they hold: a percentile is off by less than
 * one in a hundred, whatever its size, and adding one costs no more than a shift.
 */
export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;
  #most = 0;

  get total(): number {
    return this.#total;
  }

  get most(): number {
    return this.#most;
  }

  add(value: number): void {
    const bounded = Math.min(Math.max(0, value), LARGEST);
    const index = indexOf(bounded);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total += 1;
    if (bounded > this.#most) this.#most = bounded;
  }

  /** What `share` (0 to 1) of all did not exceed; NaN of none. */
  at(share: number): number {
    if (this.#total === 0) return Number.NaN;
    const wanted = Math.max(1, Math.ceil(share * this.#total));
    let seen = 0;
    for (const [index, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= wanted) return Math.min(middleOf(index), this.#most);
    }
    return this.#most;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
    this.#most = 0;
  }

  /** Under names that begin alike, in milliseconds. */
  percentiles(prefix: string): Readonly<Record<string, number>> {
    const ms = (microseconds: number) => microseconds / 1_000;
    return {
      [`${prefix}P50Ms`]: ms(this.at(0.5)),
      [`${prefix}P95Ms`]: ms(this.at(0.95)),
      [`${prefix}P99Ms`]: ms(this.at(0.99)),
      [`${prefix}P999Ms`]: ms(this.at(0.999)),
      [`${prefix}MostMs`]: ms(this.#most),
    };
  }
}

/** Numbers up to 2^FINE have a bucket each; from there on, each octave has 2^(FINE - 1). */
const FINE = 8;
const LARGEST = 2 ** 31 - 1;
const BUCKETS = (32 - FINE + 2) << (FINE - 1);

function indexOf(value: number): number {
  if (value < 1 << FINE) return value;
  const shift = 31 - Math.clz32(value) - (FINE - 1);
  return (shift << (FINE - 1)) + (value >>> shift);
}

function middleOf(index: number): number {
  if (index < 1 << FINE) return index;
  const shift = (index >> (FINE - 1)) - 1;
  const first = (index - (shift << (FINE - 1))) * 2 ** shift;
  return first + 2 ** shift / 2;
}
