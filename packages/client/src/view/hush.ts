import { isQuiet, type QuietTime, type Seq } from "@carillon/protocol";
import { type Clock, LONGEST_WAIT_MS } from "../clock.ts";

/** Notices when quiet is over, by its time or by somebody's wish (P55). */
export class Hush {
  readonly #clock: Clock;
  readonly #onTime: () => void;
  /** What held when it was looked at last. */
  #quiet: QuietTime | undefined;
  #cancel = () => {};

  /** @param onTime its time may be over: `follow` will say. */
  constructor(clock: Clock, onTime: () => void) {
    this.#clock = clock;
    this.#onTime = onTime;
  }

  /** Takes note of how quiet it is to be. If it was quiet and is so no more: since when it was, else undefined. */
  follow(quiet: QuietTime | undefined): Seq | undefined {
    const before = this.#quiet;
    const now = this.#clock.now();
    this.stop();
    if (!isQuiet(quiet, now)) return before?.since;
    this.#quiet = { since: Math.min(quiet.since, before?.since ?? Infinity), until: quiet.until };
    this.#cancel = this.#clock.after(Math.min(quiet.until - now, LONGEST_WAIT_MS), this.#onTime);
    return undefined;
  }

  /** Nobody is to be told any more. */
  stop(): void {
    this.#cancel();
    this.#quiet = undefined;
  }
}
