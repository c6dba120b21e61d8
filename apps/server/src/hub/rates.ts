import { Bucket, type Rate } from "./bucket.ts";
import type { Pace } from "./ports.ts";

export type RatesOptions = {
  /** Undefined: as many as one likes. */
  readonly rate: Rate | undefined;
  /** Milliseconds that nobody is told to wait more than. */
  readonly longestWait: number;
  /** Milliseconds of a monotonic clock. */
  readonly clock: () => number;
};

/** A bucket for each user. Those that are full again are forgotten, so that only who asks takes room. */
export class Rates {
  readonly #options: RatesOptions;
  readonly #buckets = new Map<string, Bucket>();
  #sweptAt: number;

  constructor(options: RatesOptions) {
    this.#options = options;
    this.#sweptAt = options.clock();
  }

  /** Buckets that are held. */
  get size(): number {
    return this.#buckets.size;
  }

  /** As other hubs keep it, too; undefined where one may as one likes. */
  get pace(): Pace | undefined {
    const { rate, longestWait } = this.#options;
    return rate && { ...rate, longestWait };
  }

  /** Takes one of this user's: 0, or the milliseconds to wait before asking again. */
  take(uid: string): number {
    return this.#bucketOf(uid)?.take(this.#options.clock()) ?? 0;
  }

  /** Takes so many of this user's for what was granted, who may come into debt by it. */
  charge(uid: string, cost: number): void {
    this.#bucketOf(uid)?.charge(cost, this.#options.clock());
  }

  /** 0 if this user owes nothing, or the milliseconds to wait before asking again. */
  debt(uid: string): number {
    return this.#bucketOf(uid)?.debt(this.#options.clock()) ?? 0;
  }

  #bucketOf(uid: string): Bucket | undefined {
    const { rate, longestWait, clock } = this.#options;
    if (rate === undefined) return undefined;
    const now = clock();
    this.#sweep(now, rate);
    const bucket = this.#buckets.get(uid) ?? new Bucket(rate, longestWait, now);
    this.#buckets.set(uid, bucket);
    return bucket;
  }

  /** Once in the time that an empty bucket takes to fill: so the work for each bucket is bounded, and so is their number. */
  #sweep(now: number, { atOnce, perSecond }: Rate): void {
    if (now - this.#sweptAt < (atOnce / perSecond) * 1_000) return;
    this.#sweptAt = now;
    for (const [uid, bucket] of this.#buckets) if (bucket.isIdle(now)) this.#buckets.delete(uid);
  }
}

/** As many as one likes. */
export function unlimited(): Rates {
  return new Rates({ rate: undefined, longestWait: 0, clock: () => 0 });
}
