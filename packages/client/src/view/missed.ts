import { isQuiet, limits, type Notification, type Seq } from "@carillon/protocol";
import type { Clock } from "../clock.ts";
import { ringsInQuiet, stillRinging } from "./ringing.ts";
import type { LogView } from "./view.ts";

/** Why something rings later than it came: there was no connection (P47), or it was quiet (P55). */
export type MissedWhile = "away" | "quiet";

type Bells = {
  /** This arrived now. */
  ring(notification: Notification): void;
  /** These arrived meanwhile, and where that is not all, older ones. */
  ringMissed(notifications: readonly Notification[], meanwhile: MissedWhile, isAll: boolean): void;
};

/**
 * Rings for what is live as it comes, and for what was missed once all of it is here (P47); while it is quiet, only for what is of
 * high priority (P55).
 */
export class Missed {
  readonly #bells: Bells;
  readonly #clock: Clock;
  #waiting: Notification[] = [];
  /** What comes up to here was missed. */
  #upTo: Seq = 0;
  /** Nothing that was missed stands further back than the log held then. */
  #isAll = true;

  constructor(bells: Bells, clock: Clock) {
    this.#bells = bells;
    this.#clock = clock;
  }

  /** A connection begins to catch up. */
  catchUp(upTo: Seq): void {
    this.#upTo = upTo;
  }

  /** A snapshot came, of a log that these connections have up to there: what stands before its first was missed, too. */
  cut(acked: Seq, { notifications, complete }: LogView): void {
    this.#isAll = complete.notification || acked + 1 >= (notifications[0]?.seq ?? 0);
  }

  /** These are new, of a log that has reached this seq and looks like this. What somebody attends rings only if it was missed (P56). */
  ring(fresh: readonly Notification[], reached: Seq, log: LogView): void {
    const [missed, live] = [fresh.filter(({ seq }) => seq <= this.#upTo), fresh.filter(({ seq }) => seq > this.#upTo)];
    this.#waiting.push(...missed);
    if (reached >= this.#upTo || this.#waiting.length >= limits.recoveryEntries) this.flush(log);
    for (const notification of this.#audible(live, log))
      if (notification.attended !== true) this.#bells.ring(notification);
  }

  /** These were held back while it was quiet, which is over. */
  ringSilenced(silenced: readonly Notification[], fresh: readonly Notification[]): void {
    const others = new Set([...this.#waiting, ...fresh].map(({ seq }) => seq));
    const ringing = silenced.filter(({ seq }) => !others.has(seq));
    if (ringing.length > 0) this.#bells.ringMissed(ringing, "quiet", true);
  }

  /** Waits for no more: all is here, or the connection is gone. */
  flush(log: LogView): void {
    const missed = this.#audible(stillRinging(this.#waiting, log, this.#clock.now()), log);
    this.#waiting = [];
    if (missed.length > 0) this.#bells.ringMissed(missed, "away", this.#isAll);
    this.#isAll = true;
  }

  #audible(notifications: readonly Notification[], { quiet }: LogView): readonly Notification[] {
    return isQuiet(quiet, this.#clock.now()) ? notifications.filter(ringsInQuiet) : notifications;
  }
}
