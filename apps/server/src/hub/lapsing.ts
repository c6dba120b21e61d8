import { Alarm } from "./alarm.ts";
import type { Changed, Logs } from "./logs.ts";
import { type Change, InboxUnavailable } from "./ports.ts";

/** Retracts notifications when their time to live is over (P38), and lets those that were put off come again (P53). */
export class Lapsing {
  readonly #logs: Logs;
  readonly #now: () => number;
  /** Set to when the next notification is due. */
  readonly #alarm: Alarm;

  /** @param now milliseconds since 1970. */
  constructor(logs: Logs, now: () => number) {
    this.#logs = logs;
    this.#now = now;
    this.#alarm = new Alarm(() => void this.lapse(), now);
  }

  /** A notification is due at `at`. */
  note(at: number): void {
    this.#alarm.set(at);
  }

  /** Sees to what is due, and to whatever will be, when it is: to be called once, when the hub starts. */
  async lapse(): Promise<void> {
    for (let next: number | undefined = this.#now(); next !== undefined;) {
      if (next > this.#now()) return this.#alarm.set(next);
      const changed: Changed<{ op: "lapse" } & Change> = await this.#logs.change([{ op: "lapse", at: this.#now() }]);
      if (changed instanceof InboxUnavailable) return this.#alarm.set(this.#now() + changed.retryAfter);
      next = changed[0]?.next;
    }
  }

  stop(): void {
    this.#alarm.stop();
  }
}
