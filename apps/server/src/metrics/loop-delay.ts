import { Distribution } from "./distribution.ts";
import { SECONDS } from "./tally.ts";

/**
 * How long a task had to wait for this thread's event loop, sampled 50 times a second. A loop that stood still for a second would
 * have let each of the samples of that second wait, so all of them count: else the worst would hardly show.
 */
export class LoopDelay {
  readonly seconds = new Distribution(SECONDS);
  #timer: NodeJS.Timeout | undefined;
  #last = 0;

  /** The way there, loading and opening, is nobody's wait. */
  start(): void {
    this.#last = performance.now();
    this.#timer = setInterval(() => this.#sample(performance.now()), PERIOD_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(now: number): void {
    const delay = Math.max(0, now - this.#last - PERIOD_MS);
    this.#last = now;
    this.seconds.add(delay / 1_000);
    const missed = Math.min(MOST_MISSED, Math.floor(delay / PERIOD_MS));
    for (let n = 1; n <= missed; n += 1) this.seconds.add((delay - n * PERIOD_MS) / 1_000);
  }
}

const PERIOD_MS = 20;
/** Samples that one standstill adds; a process that was stopped for a day need not say so four million times. */
const MOST_MISSED = 1_000;
