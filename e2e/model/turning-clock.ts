import type { Clock } from "@carillon/client";

type Timer = { readonly due: number; readonly call: () => void };

/** Time for clients that goes on only when the test turns it. */
export class TurningClock implements Clock {
  #now = Date.now();
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { due: this.#now + ms, call };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets this much time pass; calls what has fallen due. */
  turn(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) {
      if (timer.due > this.#now || !this.#timers.delete(timer)) continue;
      timer.call();
    }
  }
}
