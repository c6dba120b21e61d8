import { limits, type Notification, type Seq } from "@carillon/protocol";
import type { Clock } from "../clock.ts";
import { stillRinging } from "./ringing.ts";
import type { LogView } from "./view.ts";

type Bells = {
  /** This arrived now. */
  ring(notification: Notification): void;
  /** These arrived while there was no connection. */
  ringMissed(notifications: readonly Notification[]): void;
};

/** Rings for what is live as it comes, and for what was missed once all of it is here (P47). */
export class Missed {
  readonly #bells: Bells;
  readonly #clock: Clock;
  #waiting: Notification[] = [];
  /** What comes up to here was missed. */
  #upTo: Seq = 0;

  constructor(bells: Bells, clock: Clock) {
    this.#bells = bells;
    this.#clock = clock;
  }

  /** A connection begins to catch up. */
  catchUp(upTo: Seq): void {
    this.#upTo = upTo;
  }

  /** These are new, of a log that has reached this seq and looks like this. */
  ring(fresh: readonly Notification[], reached: Seq, log: LogView): void {
    const [missed, live] = [fresh.filter(({ seq }) => seq <= this.#upTo), fresh.filter(({ seq }) => seq > this.#upTo)];
    this.#waiting.push(...missed);
    if (reached >= this.#upTo || this.#waiting.length >= limits.recoveryEntries) this.flush(log);
    for (const notification of live) this.#bells.ring(notification);
  }

  /** Waits for no more: all is here, or the connection is gone. */
  flush(log: LogView): void {
    const missed = stillRinging(this.#waiting, log, this.#clock.now());
    this.#waiting = [];
    if (missed.length > 0) this.#bells.ringMissed(missed);
  }
}
