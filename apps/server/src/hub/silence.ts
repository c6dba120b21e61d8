import { type MuteTarget, muteFault, type Refusal, refusal, type Seq, untilFault } from "@carillon/protocol";
import type { Lapsing } from "./lapsing.ts";
import type { Logs } from "./logs.ts";
import { type DoneOutcome, refusedFor, refusedOutcome } from "./outcome.ts";
import { type Change, InboxUnavailable } from "./ports.ts";
import type { Rates } from "./rates.ts";

/** What users want no bell for: what is put off, muted, or comes while it is to be quiet. */
export class Silence {
  readonly #logs: Logs;
  readonly #lapsing: Lapsing;
  readonly #now: () => number;

  /** @param lapsing lets come again what was put off. */
  constructor(logs: Logs, lapsing: Lapsing, now: () => number) {
    this.#logs = logs;
    this.#lapsing = lapsing;
    this.#now = now;
  }

  /** Puts notifications of this user off until then, or, without a time, not any more (P53). `rates`: what the work is charged to. */
  async snooze(uid: string, seqs: readonly Seq[], until: number | undefined, rates: Rates): Promise<DoneOutcome> {
    const at = this.#now();
    const outcome = await this.#change({ op: "snooze", uid, seqs, until, at }, untilFault(until, at));
    if (outcome.outcome === "refused") return outcome;
    rates.charge(uid, seqs.length / PUT_OFF_FOR_ONE);
    if (until !== undefined) this.#lapsing.note(until);
    return outcome;
  }

  /** Mutes a thread or an author for this user, or does so no more (P54). */
  mute(uid: string, target: MuteTarget, muted: boolean): Promise<DoneOutcome> {
    return this.#change({ op: "mute", uid, target, muted, at: this.#now() }, muteFault(target));
  }

  /** Lets it be quiet for this user until then, or, without a time, no more (P55). */
  quiet(uid: string, until: number | undefined): Promise<DoneOutcome> {
    const at = this.#now();
    return this.#change({ op: "quiet", uid, until, at }, untilFault(until, at));
  }

  async #change(
    change: Extract<Change, { op: "snooze" | "mute" | "quiet" }>,
    fault: Refusal | undefined,
  ): Promise<DoneOutcome> {
    if (fault !== undefined) return refusedOutcome(fault);
    const changed = await this.#logs.change([change]);
    if (changed instanceof InboxUnavailable) return refusedFor(changed);
    return changed[0]?.outcome === "tooManyMutes" ? refusedOutcome(refusal("tooManyMutes")) : { outcome: "done" };
  }
}

/** Notifications whose putting off takes the store about as long as one more question. */
const PUT_OFF_FOR_ONE = 20;
