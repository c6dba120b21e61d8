import { setTimeout as sleep } from "node:timers/promises";
import type { Seq } from "@carillon/protocol";
import type { Deputies } from "./deputies.ts";
import type { Logs } from "./logs.ts";
import type { Meter } from "./meter.ts";
import { InboxUnavailable, type Listener } from "./ports.ts";
import type { Roster } from "./roster.ts";

export type AcknowledgingOptions = {
  readonly logs: Logs;
  readonly roster: Roster;
  readonly deputies: Deputies;
  readonly meter: Meter;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** What is stored together: up to where, by user; and whether it could be. */
type Round = { readonly reached: Map<string, Seq>; readonly stored: Promise<boolean> };

/**
 * Stores what users acknowledge. Nobody waits for that as for an answer, so it waits a moment, and for the round before it: what
 * comes together is one change, and an author learns of all his drafts among it by one receipt.
 */
export class Acknowledging {
  readonly #options: AcknowledgingOptions;
  #open: Round | undefined;
  /** All that are not stored yet, the open one last. */
  readonly #rounds = new Set<Round>();

  constructor(options: AcknowledgingOptions) {
    this.#options = options;
  }

  /** `session` has every entry up to `seq`: what was sent up to there is delivered (P14). False if it could not be stored. */
  async acknowledge(session: Listener, seq: Seq): Promise<boolean> {
    const { roster, deputies } = this.#options;
    const audience = roster.audience(session.uid);
    if (audience === undefined || seq <= audience.acked) return true;
    const before = audience.acked;
    audience.acked = seq;
    deputies.acknowledged(session, seq);
    const isStored = await this.#add(session.uid, seq);
    if (!isStored) audience.acked = Math.min(audience.acked, before);
    return isStored;
  }

  /** The log of `uid` has begun anew: what was acknowledged of the old one says nothing of it. */
  forget(uid: string): void {
    const audience = this.#options.roster.audience(uid);
    if (audience !== undefined) audience.acked = 0;
  }

  /**
   * Resolves when nothing of this user waits: who opens the log then gets nothing that was acknowledged before (P15). Undefined if
   * nothing of anybody does: of thousands who come back at once, none has acknowledged anything yet.
   */
  settled(uid: string): Promise<unknown> | undefined {
    if (this.#rounds.size === 0) return undefined;
    return Promise.all([...this.#rounds].filter(({ reached }) => reached.has(uid)).map(({ stored }) => stored));
  }

  /** Resolves when nothing of anybody waits. */
  async stored(): Promise<void> {
    await Promise.all([...this.#rounds].map(({ stored }) => stored));
  }

  #add(uid: string, seq: Seq): Promise<boolean> {
    if (this.#open === undefined || this.#open.reached.size >= USERS_AT_ONCE) this.#open = this.#begin();
    const { reached, stored } = this.#open;
    reached.set(uid, Math.max(seq, reached.get(uid) ?? 0));
    return stored;
  }

  #begin(): Round {
    const before = [...this.#rounds].at(-1)?.stored;
    const reached = new Map<string, Seq>();
    const round = { reached, stored: this.#store(reached, before).finally(() => this.#rounds.delete(round)) };
    this.#rounds.add(round);
    return round;
  }

  async #store(reached: Round["reached"], before: Promise<unknown> | undefined): Promise<boolean> {
    await Promise.all([before, sleep(COMPANY_MS)]);
    if (this.#open?.reached === reached) this.#open = undefined;
    const { logs, meter, now } = this.#options;
    const users = Array.from(reached, ([uid, seq]) => ({ uid, seq }));
    const changed = await logs.change([{ op: "acknowledge", reached: users, at: now() }]);
    if (changed instanceof InboxUnavailable) return false;
    for (const { notifications } of changed) meter.acknowledged(notifications);
    return true;
  }
}

/** Milliseconds that an acknowledgement waits for others. */
const COMPANY_MS = 20;
/** Users of one change: what it takes is small beside its fsync. */
const USERS_AT_ONCE = 500;
