/** So many at once, and so many a second from then on. */
export type Rate = { readonly atOnce: number; readonly perSecond: number };

/** A token bucket. Times are milliseconds of a monotonic clock. */
export class Bucket {
  readonly #rate: Rate;
  readonly #longestWait: number;
  #level: number;
  #at: number;
  /** When the turn of the last one comes that was told to wait. */
  #queueEnd: number;

  /** @param longestWait milliseconds that nobody is told to wait more than. */
  constructor(rate: Rate, longestWait: number, now: number) {
    this.#rate = rate;
    this.#longestWait = longestWait;
    this.#level = rate.atOnce;
    this.#at = now;
    this.#queueEnd = now;
  }

  /**
   * Takes one: 0, or the milliseconds to wait before asking again. Each who is told to wait gets a later turn than the one before,
   * so that those who keep to it get through one by one.
   */
  take(now: number): number {
    this.#refill(now);
    if (this.#level < 1) return this.#turn(now);
    this.#level -= 1;
    return 0;
  }

  /** Takes so many for what was granted, even if they are not there: it may come into a debt that the longest wait pays back. */
  charge(cost: number, now: number): void {
    this.#refill(now);
    const deepest = (-this.#longestWait * this.#rate.perSecond) / 1_000;
    this.#level = Math.max(this.#level - cost, Math.min(this.#level, deepest));
  }

  /** 0 if nothing is owed, or the milliseconds to wait before asking again, as `take` gives them. */
  debt(now: number): number {
    this.#refill(now);
    return this.#level < 0 ? this.#turn(now) : 0;
  }

  /** Full, and nobody waits: as good as new. */
  isIdle(now: number): boolean {
    this.#refill(now);
    return this.#level >= this.#rate.atOnce && this.#queueEnd <= now;
  }

  #turn(now: number): number {
    const { perSecond } = this.#rate;
    const paid = now + (Math.max(0, -this.#level) * 1_000) / perSecond;
    this.#queueEnd = Math.min(Math.max(this.#queueEnd, paid) + 1_000 / perSecond, now + this.#longestWait);
    return Math.max(1, Math.ceil(this.#queueEnd - now));
  }

  #refill(now: number): void {
    const { atOnce, perSecond } = this.#rate;
    if (now <= this.#at) return;
    this.#level = Math.min(atOnce, this.#level + ((now - this.#at) * perSecond) / 1_000);
    this.#at = now;
  }
}
