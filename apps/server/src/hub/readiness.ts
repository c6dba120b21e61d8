import type { Fault } from "./probe.ts";

/** Whether this hub should be given work, and if not, which part of it is to blame. */
export type Readiness =
  | { readonly at: "ready" }
  | { readonly at: "notReady"; readonly code: "draining" | Fault["code"]; readonly message: string };

export type ReadyOptions = {
  /** Does what the hub is for, once. */
  readonly probe: () => Promise<Fault | undefined>;
  /** Milliseconds that it may take; default 2,000. */
  readonly limit?: number;
  /** Milliseconds for which an answer holds; default 1,000. */
  readonly holds?: number;
};

/** Answers whether the hub is ready, however often it is asked, with one probe at a time. */
export class ReadyCheck {
  readonly #probe: () => Promise<Fault | undefined>;
  readonly #limit: number;
  readonly #holds: number;
  #isDraining = false;
  #last: { readonly readiness: Promise<Readiness>; readonly until: number } | undefined;
  /** A probe that took too long is still under way; another would only wait behind it. */
  #isProbing = false;

  constructor({ probe, limit = 2_000, holds = 1_000 }: ReadyOptions) {
    this.#probe = probe;
    this.#limit = limit;
    this.#holds = holds;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** From now on, and for good. */
  drain(): void {
    this.#isDraining = true;
  }

  async now(): Promise<Readiness> {
    if (this.#isDraining) return DRAINING;
    const now = performance.now();
    if (this.#last === undefined || (now >= this.#last.until && !this.#isProbing))
      this.#last = { readiness: this.#look(), until: now + this.#holds };
    const readiness = await this.#last.readiness;
    return this.isDraining ? DRAINING : readiness;
  }

  async #look(): Promise<Readiness> {
    this.#isProbing = true;
    const late = Promise.withResolvers<Readiness>();
    const timer = setTimeout(() => late.resolve(LATE), this.#limit);
    const fault = this.#probe().finally(() => {
      clearTimeout(timer);
      this.#isProbing = false;
    });
    return Promise.race([fault.then(readinessWith), late.promise]);
  }
}

const DRAINING: Readiness = { at: "notReady", code: "draining", message: "The hub is about to stop." };
const LATE: Readiness = {
  at: "notReady",
  code: "notDelivered",
  message: "A notification of the hub's own did not arrive in time.",
};

function readinessWith(fault: Fault | undefined): Readiness {
  return fault === undefined ? { at: "ready" } : { at: "notReady", ...fault };
}
