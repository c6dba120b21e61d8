import {
  type Draft,
  draftFault,
  type MarkName,
  type MarkTarget,
  type Refusal,
  refusal,
  type Seq,
  textRefusal,
} from "@carillon/protocol";
import { Alarm } from "./alarm.ts";
import {
  type Bus,
  type Change,
  type Growth,
  type Inbox,
  InboxUnavailable,
  type Listener,
  type OutcomeOf,
  type Revocations,
} from "./ports.ts";
import { Gate } from "./gate.ts";
import { type Meter, silentMeter } from "./meter.ts";
import {
  type DoneOutcome,
  type RefusedOutcome,
  refusedFor,
  refusedOutcome,
  type RewrittenOutcome,
  type SendOutcome,
  sendOutcome,
} from "./outcome.ts";
import { Presence } from "./presence.ts";
import { type Rates, unlimited } from "./rates.ts";
import { Roster } from "./roster.ts";

export type HubOptions = {
  readonly inbox: Inbox;
  readonly revocations: Revocations;
  readonly bus: Bus;
  /** `all`: every connection of a user rings. `latest`: a new one replaces the older ones. */
  readonly connections: "all" | "latest";
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Default: nobody measures. */
  readonly meter?: Meter;
  /** Sessions that one user may have here; default: any number. */
  readonly mostSessions?: number;
  /** How fast one user may send; default: as fast as one likes. */
  readonly sends?: Rates;
  /** How fast one user may mark and ask for history; default: as fast as one likes. */
  readonly questions?: Rates;
};

/** The one way in which logs grow and sessions learn of it. */
export class Hub {
  readonly inbox: Inbox;
  readonly meter: Meter;
  readonly sends: Rates;
  readonly questions: Rates;
  /** Who may be here; revokes and disconnects. */
  readonly gate: Gate;
  /** Who watches who is here. */
  readonly presence = new Presence((uid) => this.online(uid) > 0);
  readonly #bus: Bus;
  readonly #now: () => number;
  readonly #roster = new Roster();
  /** Set to the end of the next notification that has a time to live. */
  readonly #alarm: Alarm;

  constructor({ inbox, revocations, bus, connections, now, meter, mostSessions = Infinity, ...rates }: HubOptions) {
    this.inbox = inbox;
    this.meter = meter ?? silentMeter;
    this.sends = rates.sends ?? unlimited();
    this.questions = rates.questions ?? unlimited();
    this.gate = new Gate({ roster: this.#roster, revocations, bus, connections, mostSessions, now });
    this.#bus = bus;
    this.#now = now;
    this.#alarm = new Alarm(() => void this.lapse(), now);
    bus.onRing((uid, head) => this.#ring(uid, head));
  }

  /** Counts the session in. From now on it hears when its log grows, and when its token is revoked. */
  join(session: Listener): void {
    this.#roster.join(session);
    if (this.online(session.uid) === 1) this.presence.arrived(session.uid);
  }

  leave(session: Listener): void {
    this.#roster.leave(session);
    if (this.online(session.uid) === 0) this.presence.left(session.uid);
  }

  /** Users who are here on this process, and their sessions. */
  present(): { readonly users: number; readonly sessions: number } {
    return this.#roster.count();
  }

  /**
   * Takes a draft of `author`: refuse, or append, then deliver. Resolves when it is durable (P6).
   * @param sendsTo to whom alone the author may send; default anybody (P31).
   */
  async send(author: string, draft: Draft, sendsTo?: ReadonlySet<string>): Promise<SendOutcome> {
    const [outcome] = await this.sendAll(author, [draft], sendsTo);
    if (outcome === undefined) throw new Error("A draft has no outcome.");
    return outcome;
  }

  /** Takes drafts of `author`, which become durable together; one outcome a draft, in their order (P22). */
  async sendAll(
    author: string,
    drafts: readonly Draft[],
    sendsTo?: ReadonlySet<string>,
  ): Promise<readonly SendOutcome[]> {
    const at = this.#now();
    const judged = drafts.map((draft) => ({ draft, fault: draftFault(draft) ?? limitFault(draft, sendsTo) }));
    const sound = judged.filter(({ fault }) => fault === undefined);
    const changed = await this.#change(
      sound.map(({ draft }) => ({ ...draft, op: "append", from: author, at }) as const),
    );
    for (const { draft } of sound) if (draft.ttl !== undefined) this.#alarm.set(at + draft.ttl * 1_000);
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

  /** Gives a draft of `author` another text (P26). `sendsTo`: whom it may concern, if not everybody (P31). */
  async edit(author: string, id: string, text: string, sendsTo?: ReadonlySet<string>): Promise<DoneOutcome> {
    const fault = textRefusal(text);
    if (fault !== undefined) return this.#refuse(refusedOutcome(fault));
    return this.#do({ op: "edit", from: author, id, text, sendsTo, at: this.#now() });
  }

  /** Retracts (without `text`) or edits these drafts of `author`, together; tells how many of them there were. */
  async rewriteAll(author: string, ids: readonly string[], text: string | undefined): Promise<RewrittenOutcome> {
    const fault = text === undefined ? undefined : textRefusal(text);
    if (fault !== undefined) return this.#refuse(refusedOutcome(fault));
    const draft = { from: author, at: this.#now() };
    const changed = await this.#change(
      ids.map((id) => (text === undefined ? { ...draft, op: "retract", id } : { ...draft, op: "edit", id, text })),
    );
    if (changed instanceof InboxUnavailable) return this.#refuse(refusedFor(changed));
    return { outcome: "done", drafts: changed.filter(({ outcome }) => outcome === "done").length };
  }

  /** How many connections this user has here. */
  online(uid: string): number {
    return this.#roster.sessionsOf(uid).length;
  }

  /** A connection of `uid` has every entry up to `seq`: what was sent up to there is delivered (P14). */
  acknowledge(uid: string, seq: Seq): void {
    const audience = this.#roster.audience(uid);
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

  /** Retracts what has outlived its time, and whatever will, when it does (P38): to be called once, when the hub starts. */
  async lapse(): Promise<void> {
    for (let next: number | undefined = this.#now(); next !== undefined;) {
      if (next > this.#now()) return this.#alarm.set(next);
      const changed: Changed<{ op: "lapse" } & Change> = await this.#change([{ op: "lapse", at: this.#now() }]);
      if (changed instanceof InboxUnavailable) return this.#alarm.set(this.#now() + changed.retryAfter);
      next = changed[0]?.next;
    }
  }

  /** Does nothing any more by itself. */
  close(): void {
    this.#alarm.stop();
  }

  async #do(change: Extract<Change, { op: "mark" | "retract" | "edit" }>): Promise<DoneOutcome> {
    const changed = await this.#change([change]);
    if (changed instanceof InboxUnavailable) return this.#refuse(refusedFor(changed));
    const outcome = changed[0]?.outcome ?? "unknownDraft";
    return outcome === "done" ? { outcome } : this.#refuse(refusedOutcome(refusal(outcome)));
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
      this.#deliver(byUser(outcomes.flatMap((outcome) => ("growth" in outcome ? outcome.growth : []))), takenAt);
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
    const audience = this.#roster.audience(uid);
    if (audience === undefined) return;
    for (const session of audience.sessions) session.ring(head, fresh, takenAt);
  }
}

/** P31. */
function limitFault({ to }: Draft, sendsTo: ReadonlySet<string> | undefined): Refusal | undefined {
  return sendsTo === undefined || sendsTo.has(to) ? undefined : refusal("forbidden");
}

/** One growth a user: what several changes of one commit added to a log follows on each other. */
function byUser(growths: readonly Growth[]): readonly Growth[] {
  return [...Map.groupBy(growths, ({ uid }) => uid)].flatMap(([uid, all]) =>
    all.slice(-1).map(({ counts }) => ({ uid, entries: all.flatMap(({ entries }) => entries), counts })),
  );
}

type Changed<C extends Change> = readonly OutcomeOf<C>[] | InboxUnavailable;

function taken<T>(rest: Iterator<T, undefined>): T {
  const { value } = rest.next();
  if (value === undefined) throw new Error("The inbox gave fewer outcomes than it was given changes.");
  return value;
}
