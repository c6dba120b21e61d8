import type { Close } from "@carillon/protocol";

/** A connection, whatever is spoken on it. */
export interface Living {
  /** Called about once a second. `now` is of a monotonic clock, in milliseconds. */
  beat(now: number): void;
  hangUp(close: Close): void;
}

/** All connections of this process, and the one timer that asks each whether it may go on. */
export class Connections {
  readonly #members = new Set<Living>();
  readonly #timer: NodeJS.Timeout;
  #lastRound = performance.now();

  constructor() {
    this.#timer = setInterval(() => this.#round(performance.now()), PERIOD_MS);
    this.#timer.unref();
  }

  add(member: Living): void {
    this.#members.add(member);
  }

  delete(member: Living): void {
    this.#members.delete(member);
  }

  /** Says goodbye to everybody, also to those who have not said who they are. */
  close(why: Close): void {
    clearInterval(this.#timer);
    for (const member of this.#members) member.hangUp(why);
  }

  #round(now: number): void {
    const late = now - this.#lastRound > 2 * PERIOD_MS;
    this.#lastRound = now;
    // After a pause of our own (a stopped process, a blocked loop) the peers' answers are still unread: hear them first.
    if (late) return;
    for (const member of this.#members) member.beat(now);
  }
}

const PERIOD_MS = 1_000;
