import { Close } from "@carillon/protocol";
import type { Meter } from "../hub/meter.ts";
import { Distribution } from "./distribution.ts";

/** Counts what the parts tell of their work, in plain numbers: whoever sends a notification does not wait for a statistic. */
export class Tally implements Meter {
  readonly sends = new Map<string, number>([
    ["stored", 0],
    ["duplicate", 0],
    ["refused", 0],
  ]);
  readonly refusals = new Map<string, number>();
  readonly hangUps = new Map(Object.values(Close).map(({ code }) => [String(code), 0]));
  readonly upgradesRefused = new Map(UPGRADE_STATUSES.map((status) => [status, 0]));
  pushes = 0;
  acknowledgements = 0;
  gaps = 0;
  catchUpReads = 0;
  commitsRefused = 0;
  readonly commitChanges = new Distribution(CHANGES);
  readonly commitSeconds = new Distribution(SECONDS);
  readonly deliverySeconds = new Distribution(SECONDS);
  readonly acknowledgementSeconds = new Distribution(SECONDS);

  answered(outcome: "stored" | "duplicate" | "refused"): void {
    raise(this.sends, outcome);
  }

  refused(code: string): void {
    raise(this.refusals, code);
  }

  pushed(notifications: number, ms: number | undefined): void {
    this.pushes += notifications;
    if (ms !== undefined) this.deliverySeconds.add(ms / 1_000);
  }

  acknowledged(notifications: number): void {
    this.acknowledgements += notifications;
  }

  roundTrip(ms: number): void {
    this.acknowledgementSeconds.add(ms / 1_000);
  }

  caughtUp(): void {
    this.catchUpReads += 1;
  }

  gapFound(): void {
    this.gaps += 1;
  }

  hungUp(code: number): void {
    raise(this.hangUps, String(code));
  }

  upgradeRefused(status: number): void {
    raise(this.upgradesRefused, String(status));
  }

  committed(changes: number, ms: number): void {
    this.commitChanges.add(changes);
    this.commitSeconds.add(ms / 1_000);
  }

  commitRefused(): void {
    this.commitsRefused += 1;
  }
}

/** With which upgrades are refused; from the start, so that the first one is seen as a rise. */
const UPGRADE_STATUSES = ["400", "403", "404", "405", "429", "431", "503"];
/** Fine where a healthy hub is, coarse where one that suffers is. */
export const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
/** A commit holds 1,000 changes at most. */
const CHANGES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

function raise(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
