/** Rings at the earliest of the times that it was set to, then has to be set again. It keeps no process alive. */
export class Alarm {
  readonly #onRing: () => void;
  readonly #now: () => number;
  #at = Infinity;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** @param now milliseconds since 1970, as the times that it is set to. */
  constructor(onRing: () => void, now: () => number) {
    this.#onRing = onRing;
    this.#now = now;
  }

  set(at: number): void {
    if (this.#isStopped || at >= this.#at) return;
    this.#at = at;
    this.#wait();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const ms = Math.min(Math.max(this.#at - this.#now(), LEAST_MS), MOST_MS);
    this.#timer = setTimeout(() => this.#look(), ms).unref();
  }

  #look(): void {
    if (this.#now() < this.#at) return this.#wait();
    this.#at = Infinity;
    this.#onRing();
  }
}

/** So that times that lie close together ring once. */
const LEAST_MS = 100;
/** So that a wall clock that is set forward is noticed; and a timer of more than 24 days would fire at once. */
const MOST_MS = 60_000;
