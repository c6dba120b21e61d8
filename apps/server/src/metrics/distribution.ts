/** How many values came in each of some fixed buckets. Adding one allocates nothing. */
export class Distribution {
  /** The upper bounds of the buckets, rising; what is above the last is in one more. */
  readonly bounds: readonly number[];
  readonly #counts: Float64Array;
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  add(value: number): void {
    let bucket = 0;
    while (bucket < this.bounds.length && value > (this.bounds[bucket] ?? 0)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += value;
  }

  get sum(): number {
    return this.#sum;
  }

  /** For each bound how many values were not above it, and last how many there were. */
  cumulative(): readonly number[] {
    let count = 0;
    return Array.from(this.#counts, (inBucket) => (count += inBucket));
  }
}
