import type { Counts, Entry, Seq } from "@carillon/protocol";
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
    bus.onRing((uid, head) => this.#ring(uid, head));
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
      this.#ring(grown.uid, grown.counts.asOf, grown, takenAt);
      this.#bus.ring(grown.uid, grown.counts.asOf);
    }
  }

  #ring(uid: string, head: Seq, fresh?: Growth, takenAt?: number): void {
    const audience = this.#roster.audience(uid);
    if (audience === undefined) return;
    for (const session of audience.sessions) session.ring(head, fresh, takenAt);
  }
}

/** One growth a user: what several changes of one commit added to a log follows on each other. */
function byUser(growths: readonly Growth[]): Iterable<Growth> {
  const users = new Map<string, { readonly uid: string; readonly entries: Entry[]; counts: Counts }>();
  for (const { uid, entries, counts } of growths) {
    const before = users.get(uid);
    if (before === undefined) users.set(uid, { uid, entries: [...entries], counts });
    else {
      before.entries.push(...entries);
      before.counts = counts;
    }
  }
  return users.values();
}
