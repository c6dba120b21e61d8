/**
 * What the parts tell of their work, for those who operate the hub. Every call is cheap, and none throws. Times are in
 * milliseconds; a notification that goes to three connections is pushed three times.
 */
export interface Meter {
  /** A draft was answered. */
  answered(outcome: "stored" | "duplicate" | "refused"): void;
  /** A request was refused; `code` is one of the protocol's table, so there are few. */
  refused(code: string): void;
  /** So many notifications were written to one connection; `ms` after they were taken, if they came by the short way. */
  pushed(notifications: number, ms: number | undefined): void;
  /** So many notifications are, durably, known to have arrived. */
  acknowledged(notifications: number): void;
  /** From the taking of a notification to the acknowledgement of one connection. */
  roundTrip(ms: number): void;
  /** One stretch of a log was read for a connection that is behind. */
  caughtUp(): void;
  /** A connection was found to have missed an entry, and gets it from the log. */
  gapFound(): void;
  /** The hub ended a connection. */
  hungUp(code: number): void;
  /** Somebody who asked for a socket was answered this status instead. */
  upgradeRefused(status: number): void;
  /** So many changes became durable together. */
  committed(changes: number, ms: number): void;
  /** The store refused a commit. */
  commitRefused(): void;
}

/** Where nobody measures. */
export const silentMeter: Meter = {
  answered() {},
  refused() {},
  pushed() {},
  acknowledged() {},
  roundTrip() {},
  caughtUp() {},
  gapFound() {},
  hungUp() {},
  upgradeRefused() {},
  committed() {},
  commitRefused() {},
};
