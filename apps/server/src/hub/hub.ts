import {
  Close,
  type Draft,
  draftFault,
  type MarkName,
  type MarkTarget,
  refusal,
  type Seq,
  textRefusal,
} from "@carillon/protocol";
import {
  type Bus,
  type Change,
  type Growth,
  type Inbox,
  InboxUnavailable,
  type Listener,
  type OutcomeOf,
} from "./ports.ts";
import { type Meter, silentMeter } from "./meter.ts";
import {
  type DoneOutcome,
  type RefusedOutcome,
  refusedFor,
  refusedOutcome,
  type SendOutcome,
  sendOutcome,
} from "./outcome.ts";
import { isOwn } from "./own.ts";

export type HubOptions = {
  readonly inbox: Inbox;
  readonly bus: Bus;
  /** `all`: every connection of a user rings. `latest`: a new one replaces the older ones. */
  readonly connections: "all" | "latest";
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Default: nobody measures. */
  readonly meter?: Meter;
};

/** Who is here on this process, and the one way in which logs grow and sessions learn of it. */
export class Hub {
  readonly inbox: Inbox;
  readonly meter: Meter;
  readonly #bus: Bus;
  readonly #connections: "all" | "latest";
  readonly #now: () => number;
  readonly #audiences = new Map<string, Audience>();

  constructor({ inbox, bus, connections, now, meter = silentMeter }: HubOptions) {
    this.inbox = inbox;
    this.meter = meter;
    this.#bus = bus;
    this.#connections = connections;
    this.#now = now;
    bus.onRing((uid, head) => this.#ring(uid, head));
  }

  /** Counts the session in. From now on it hears when its log grows. */
  join(session: Listener): void {
    const audience = this.#audiences.get(session.uid) ?? { sessions: new Set(), acked: 0 };
    this.#audiences.set(session.uid, audience);
    if (this.#connections === "latest") for (const older of audience.sessions) older.hangUp(Close.replaced); // P20
    audience.sessions.add(session);
  }

  leave(session: Listener): void {
    const audience = this.#audiences.get(session.uid);
    audience?.sessions.delete(session);
    if (audience?.sessions.size === 0) this.#audiences.delete(session.uid);
  }

  /** Users who are here on this process, and their sessions. */
  present(): { readonly users: number; readonly sessions: number } {
    const sizes = [...this.#audiences].flatMap(([uid, { sessions }]) => (isOwn(uid) ? [] : [sessions.size]));
    return { users: sizes.length, sessions: sizes.reduce((sum, size) => sum + size, 0) };
  }

  /** Takes a draft of `author`: refuse, or append, then deliver. Resolves when it is durable (P6). */
  async send(author: string, draft: Draft): Promise<SendOutcome> {
    const [outcome] = await this.sendAll(author, [draft]);
    if (outcome === undefined) throw new Error("A draft has no outcome.");
    return outcome;
  }

  /** Takes drafts of `author`, which become durable together; one outcome a draft, in their order (P22). */
  async sendAll(author: string, drafts: readonly Draft[]): Promise<readonly SendOutcome[]> {
    const at = this.#now();
    const judged = drafts.map((draft) => ({ draft, fault: draftFault(draft) }));
    const sound = judged.filter(({ fault }) => fault === undefined);
    const changed = await this.#change(
      sound.map(({ draft }) => ({ ...draft, op: "append", from: author, at }) as const),
    );
    const outcomes =
      changed instanceof InboxUnavailable ? sound.map(() => refusedFor(changed)) : changed.map(sendOutcome);
    const rest = outcomes.values();
    return judged.map(({ fault }) => this.#answer(fault === undefined ? taken(rest) : refusedOutcome(fault)));
  }

  /** Marks notifications of this user's own log (P23). */
  mark(uid: string, mark: MarkName, target: MarkTarget, withhold: boolean): Promise<DoneOutcome> {
    return this.#do({ op: "mark", uid, mark, target, withhold, at: this.#now() });
  }

  /** Takes a draft of `author` back (P26). */
  retract(author: string, id: string): Promise<DoneOutcome> {
    return this.#do({ op: "retract", from: author, id, at: this.#now() });
  }

  /** Gives a draft of `author` another text (P26). */
  async edit(author: string, id: string, text: string): Promise<DoneOutcome> {
    const fault = textRefusal(text);
    if (fault !== undefined) return this.#refuse(refusedOutcome(fault));
    return this.#do({ op: "edit", from: author, id, text, at: this.#now() });
  }

  /** A connection of `uid` has every entry up to `seq`: what was sent up to there is delivered (P14). */
  acknowledge(uid: string, seq: Seq): void {
    const audience = this.#audiences.get(uid);
    if (audience === undefined || seq <= audience.acked) return;
    const before = audience.acked;
    audience.acked = seq;
    void this.#change([{ op: "acknowledge", uid, seq, at: this.#now() }]).then((changed) => {
      // The next acknowledgement says it again: they are cumulative.
      if (changed instanceof InboxUnavailable) audience.acked = Math.min(audience.acked, before);
      else for (const { notifications } of changed) this.meter.acknowledged(notifications);
    });
  }

  /** Writes to a log of the hub's own, by the way that every notification takes. Gives its seq, or why it was not stored. */
  async probe(uid: string): Promise<Seq | InboxUnavailable> {
    const draft = { id: crypto.randomUUID(), to: uid, text: "Does it arrive?" };
    const changed = await this.#change([{ op: "append", from: uid, at: this.#now(), ...draft }]);
    if (changed instanceof InboxUnavailable) return changed;
    const [appended] = changed;
    if (appended?.outcome !== "stored") throw new Error("A new draft was not taken as new.");
    return appended.seq;
  }

  /** Gives up what was made before `before`, everywhere (P28). Resolves when all users were looked at, or the store cannot serve. */
  async expire(before: number): Promise<void> {
    for (let after: string | undefined = ""; after !== undefined;) {
      const changed: Changed<{ op: "expire" } & Change> = await this.#change([
        { op: "expire", after, before, at: this.#now() },
      ]);
      after = changed instanceof InboxUnavailable ? undefined : changed[0]?.next;
    }
  }

  async #do(change: Extract<Change, { op: "mark" | "retract" | "edit" }>): Promise<DoneOutcome> {
    const changed = await this.#change([change]);
    if (changed instanceof InboxUnavailable) return this.#refuse(refusedFor(changed));
    return changed[0]?.outcome === "done" ? { outcome: "done" } : this.#refuse(refusedOutcome(refusal("unknownDraft")));
  }

  #answer(outcome: SendOutcome): SendOutcome {
    this.meter.answered(outcome.outcome === "refused" ? "refused" : outcome.duplicate ? "duplicate" : "stored");
    return outcome.outcome === "refused" ? this.#refuse(outcome) : outcome;
  }

  #refuse(outcome: RefusedOutcome): RefusedOutcome {
    this.meter.refused(outcome.refusal.code);
    return outcome;
  }

  /** Commits, then rings whoever's log has grown: the one place where logs change. */
  async #change<C extends Change>(changes: readonly C[]): Promise<Changed<C>> {
    if (changes.length === 0) return [];
    const takenAt = performance.now();
    try {
      const outcomes = await this.inbox.commit(changes);
      for (const outcome of outcomes) if ("growth" in outcome) this.#deliver(outcome.growth, takenAt);
      return outcomes;
    } catch (error) {
      if (error instanceof InboxUnavailable) return error;
      throw error;
    }
  }

  #deliver(growth: readonly Growth[], takenAt: number): void {
    for (const grown of growth) {
      this.#ring(grown.uid, grown.counts.asOf, grown, takenAt);
      this.#bus.ring(grown.uid, grown.counts.asOf);
    }
  }

  #ring(uid: string, head: Seq, fresh?: Growth, takenAt?: number): void {
    const audience = this.#audiences.get(uid);
    if (audience === undefined) return;
    for (const session of audience.sessions) session.ring(head, fresh, takenAt);
  }
}

/** The sessions of one user on this process, and what the hub knows to be acknowledged by any of them. */
type Audience = { readonly sessions: Set<Listener>; acked: Seq };

type Changed<C extends Change> = readonly OutcomeOf<C>[] | InboxUnavailable;

function taken<T>(rest: Iterator<T, undefined>): T {
  const { value } = rest.next();
  if (value === undefined) throw new Error("The inbox gave fewer outcomes than it was given changes.");
  return value;
}
