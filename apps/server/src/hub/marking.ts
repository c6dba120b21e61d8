import { type MarkName, type MarkTarget, refusal } from "@carillon/protocol";
import type { Logs } from "./logs.ts";
import { type DoneOutcome, refusedFor, refusedOutcome } from "./outcome.ts";
import { InboxUnavailable, type Marked } from "./ports.ts";
import type { Rates } from "./rates.ts";
import { Turns } from "./turns.ts";

export type MarkRequest = {
  readonly uid: string;
  readonly mark: MarkName;
  readonly target: MarkTarget;
  /** Authors learn nothing of it (P24). */
  readonly withhold: boolean;
};

/** Marks users' notifications (P23), each user's marks in their order: a long log is marked in several commits. */
export class Marking {
  readonly #logs: Logs;
  readonly #now: () => number;
  readonly #turns = new Turns();

  constructor(logs: Logs, now: () => number) {
    this.#logs = logs;
    this.#now = now;
  }

  /** @param rates what the work is charged to. Whoever is in debt when the mark's turn comes is refused (P51). */
  mark(request: MarkRequest, rates: Rates): Promise<DoneOutcome> {
    return this.#turns.take(request.uid, () => this.#mark(request, rates));
  }

  async #mark(request: MarkRequest, rates: Rates): Promise<DoneOutcome> {
    const debt = rates.debt(request.uid);
    if (debt > 0) return refusedOutcome(refusal("rateLimited", debt));
    for (let rest: Marked["rest"] | "all" = "all"; rest !== undefined;) {
      const step: Marked | InboxUnavailable = await this.#step(request, rest);
      if (step instanceof InboxUnavailable) return refusedFor(step);
      rates.charge(request.uid, step.marked / MARKED_FOR_ONE + (step.rest === undefined ? 0 : 1));
      rest = step.rest;
    }
    return { outcome: "done" };
  }

  async #step({ target, ...request }: MarkRequest, rest: Marked["rest"] | "all"): Promise<Marked | InboxUnavailable> {
    const what = rest === "all" || rest === undefined ? { target } : { target: { upTo: rest.upTo }, after: rest.after };
    const changed = await this.#logs.change([{ op: "mark", ...request, ...what, at: this.#now() }]);
    if (changed instanceof InboxUnavailable) return changed;
    const [step] = changed;
    if (step === undefined) throw new Error("A mark has no outcome.");
    return step;
  }
}

/** Notifications whose marking takes the store about as long as one more question. */
const MARKED_FOR_ONE = 50;
