import type { Entry, Seq } from "@carillon/protocol";
import { type Bus, type Change, type Growth, type Inbox, InboxUnavailable, type OutcomeOf } from "./ports.ts";
import type { Roster } from "./roster.ts";

/** What became of changes, one outcome each in their order; or why none of them was made. */
export type Changed<C extends Change> = readonly OutcomeOf<C>[] | InboxUnavailable;

export type LogsOptions = { readonly inbox: Inbox; readonly bus: Bus; readonly roster: Roster };

/** The one place where logs change: commits, then rings whoever's log has grown. */
export class Logs {
  readonly #inbox: Inbox;
  readonly #bus: Bus;
  readonly #roster: Roster;

  constructor({ inbox, bus, roster }: LogsOptions) {
    this.#inbox = inbox;
    this.#bus = bus;
    this.#roster = roster;
    bus.onRing((uid, head, epoch) => this.#ring(uid, head, epoch));
    bus.onDoubt((concerns) => void this.#lookAt(this.#roster.uids().filter(concerns)));
  }

  async change<C extends Change>(changes: readonly C[]): Promise<Changed<C>> {
    if (changes.length === 0) return [];
    const takenAt = performance.now();
    try {
      const outcomes = await this.#inbox.commit(changes);
      this.#deliver(byUser(outcomes.flatMap((outcome) => ("growth" in outcome ? outcome.growth : []))), takenAt);
      return outcomes;
    } catch (error) {
      if (error instanceof InboxUnavailable) return error;
      throw error;
    }
  }

  #deliver(growth: Iterable<Growth>, takenAt: number): void {
    for (const grown of growth) {
      const { uid, counts, epoch } = grown;
      this.#ring(uid, counts.asOf, epoch, grown, takenAt);
      this.#bus.ring(uid, counts.asOf, epoch);
    }
  }

  /** Rings for these users as for news, some at a time; while the store is away, it waits for it. */
  async #lookAt(uids: readonly string[]): Promise<void> {
    for (let n = 0; n < uids.length; n += AT_ONCE)
      await Promise.all(uids.slice(n, n + AT_ONCE).map((uid) => this.#lookAtOne(uid)));
  }

  async #lookAtOne(uid: string): Promise<void> {
    while (this.#roster.audience(uid) !== undefined) {
      try {
        const { head, position } = await this.#inbox.open(uid, { from: "acked" });
        return this.#ring(uid, head, position.epoch);
      } catch (error) {
        if (!(error instanceof InboxUnavailable)) throw error;
        await pause(error.retryAfter);
      }
    }
  }

  #ring(uid: string, head: Seq, epoch?: string, fresh?: Growth, takenAt?: number): void {
    const audience = this.#roster.audience(uid);
    if (audience === undefined) return;
    for (const session of audience.sessions) session.ring(head, epoch, fresh, takenAt);
  }
}

/** Logs that are looked at together. */
const AT_ONCE = 100;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/**
 * One growth a user: what several changes of one commit added to a log follows on each other. Where another hub's entries lie
 * between, it is without entries: the log knows them all.
 */
function byUser(growths: readonly Growth[]): Iterable<Growth> {
  const users = new Map<string, { entries: Entry[] } & Growth>();
  for (const growth of growths) {
    const { uid, entries, counts } = growth;
    const before = users.get(uid);
    if (before === undefined) users.set(uid, { ...growth, entries: [...entries] });
    else {
      before.entries.push(...entries);
      if (counts.asOf > before.counts.asOf) users.set(uid, { ...growth, entries: before.entries });
    }
  }
  return users.values().map((grown) => (isWhole(grown) ? grown : { ...grown, entries: [] }));
}

/** Whether nothing is missing among these entries, nor after them. */
function isWhole({ entries, counts }: Growth): boolean {
  const first = counts.asOf - entries.length + 1;
  return entries.every(({ seq }, n) => seq === first + n);
}
