import type { Logger } from "pino";
import type { Meter } from "../hub/meter.ts";

/** An upgrade that was answered with a status instead of a socket. `address`: from where, if that is known. */
export type RefusedUpgrade = { readonly status: number; readonly why: string; readonly address: string | undefined };

/** Counts upgrades that are refused, and logs some: whoever asks a thousand times a second fills no disk. */
export class RefusedUpgrades {
  readonly #meter: Meter;
  readonly #log: Logger;
  #logged = 0;
  #leftOut = 0;
  #isSummedUp = true;

  constructor(meter: Meter, log: Logger) {
    this.#meter = meter;
    this.#log = log;
  }

  note(refused: RefusedUpgrade): void {
    this.#meter.upgradeRefused(refused.status);
    if (this.#isSummedUp) this.#begin();
    if (this.#logged >= LINES) {
      this.#leftOut += 1;
      return;
    }
    this.#logged += 1;
    this.#log.info(refused, "upgrade refused");
  }

  #begin(): void {
    this.#isSummedUp = false;
    this.#logged = 0;
    this.#leftOut = 0;
    setTimeout(() => this.#sumUp(), STRETCH_MS).unref();
  }

  #sumUp(): void {
    if (this.#leftOut > 0) this.#log.info({ leftOut: this.#leftOut, seconds: STRETCH_MS / 1_000 }, "upgrades refused");
    this.#isSummedUp = true;
  }
}

/** Lines of one stretch of time, beside the one that sums it up. */
const LINES = 10;
const STRETCH_MS = 60_000;
