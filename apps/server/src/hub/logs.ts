import type { Seq } from "@carillon/protocol";
import { type Bus, type Change, type Growth, type Inbox, InboxUnavailable, type OutcomeOf } from "./ports.ts";
import { byUser, type Grown } from "./growths.ts";
import { onceServed, someAtATime } from "./repair.ts";
import type { Roster } from "./roster.ts";

/** What became of changes, one outcome each in their order; or why none of them was made. */
export type Changed<C extends Change> = readonly OutcomeOf<C>[] | InboxUnavailable;

export type LogsOptions = { readonly inbox: Inbox; readonly bus: Bus; readonly roster: Roster };

/** The one place where logs change: commits, then rings whoever's log has grown. */
export class Logs {
  readonly #inbox: Inbox;
  readonly #bus: Bus;
  readonly #roster: Roster;
  /** What one commit has added. */
  #grown: Grown[] = [];
  #telling: Promise<void> | undefined;

  constructor({ inbox, bus, roster }: LogsOptions) {
    this.#inbox = inbox;
    this.#bus = bus;
    this.#roster = roster;
    bus.onRing((uid, head, epoch) => this.#ring(uid, head, epoch));
  }

  async change<C extends Change>(changes: readonly C[]): Promise<Changed<C>> {
    if (changes.length === 0) return [];
    const takenAt = performance.now();
    try {
      const outcomes = await this.#inbox.commit(changes);
      for (const outcome of outcomes)
        if ("growth" in outcome) for (const growth of outcome.growth) this.#grown.push({ ...growth, takenAt });
      await (this.#telling ??= Promise.resolve().then(() => this.#tell()));
      return outcomes;
    } catch (error) {
      if (error instanceof InboxUnavailable) return error;
      throw error;
    }
  }

  /** Rings for those of these users who are here as for news: rings of other hubs may have been missed. */
  look(concerns: (uid: string) => boolean): Promise<void> {
    return someAtATime(this.#roster.uids().filter(concerns), async (uid) => {
      const isHere = () => this.#roster.audience(uid) !== undefined;
      const standing = await onceServed(() => this.#inbox.open(uid, { from: "acked" }), isHere);
      if (standing !== undefined) this.#ring(uid, standing.head, standing.position.epoch);
    });
  }

  /** Tells what all changes of one commit have added, once everybody who waited for it has been here: one frame a user. */
  #tell(): void {
    const all = this.#grown;
    [this.#grown, this.#telling] = [[], undefined];
    for (const grown of byUser(all)) {
      const { uid, counts, epoch, takenAt } = grown;
      this.#ring(uid, counts.asOf, epoch, grown, takenAt);
      this.#bus.ring(uid, counts.asOf, epoch);
    }
  }

  #ring(uid: string, head: Seq, epoch?: string, fresh?: Growth, takenAt?: number): void {
    const audience = this.#roster.audience(uid);
    if (audience === undefined) return;
    for (const session of audience.sessions) session.ring(head, epoch, fresh, takenAt);
  }
}
