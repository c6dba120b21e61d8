import { Bucket } from "../hub/bucket.ts";
import { LIMITS } from "../limits.ts";

/**
 * How much one connection says (P51). What the hub delivers may be answered, so that nobody is hung up on for what others sent to
 * him; everything beyond comes out of a bucket.
 */
export class Allowance {
  readonly #bucket = new Bucket(LIMITS.messages, 0, performance.now());
  #owed = 0;

  /** So many entries went down: each is worth a message up. */
  delivered(entries: number): void {
    this.#owed = Math.min(this.#owed + entries, MOST_OWED);
  }

  /** A message came; false if it was one too many. */
  take(): boolean {
    if (this.#owed === 0) return this.#bucket.take(performance.now()) === 0;
    this.#owed -= 1;
    return true;
  }
}

/** Who never answered may not save it up for ever. */
const MOST_OWED = LIMITS.messages.atOnce;
