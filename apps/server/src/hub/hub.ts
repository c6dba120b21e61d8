import {
  type Draft,
  draftFault,
  type MuteTarget,
  type Refusal,
  refusal,
  type Seq,
  textRefusal,
} from "@carillon/protocol";
import { Acknowledging } from "./acknowledging.ts";
import { alone } from "./alone.ts";
import { Deputies } from "./deputies.ts";
import { Fleet } from "./fleet.ts";
import { Gate } from "./gate.ts";
import { Lapsing } from "./lapsing.ts";
import { Logs } from "./logs.ts";
import { Marking, type MarkRequest } from "./marking.ts";
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
import {
  type Bus,
  type Change,
  type Inbox,
  InboxUnavailable,
  type Listener,
  type News,
  type Pace,
  type Places,
  type Revocations,
  type Standing,
  type Start,
} from "./ports.ts";
import type { Presence } from "./presence.ts";
import { type Rates, unlimited } from "./rates.ts";
import { Roster } from "./roster.ts";
import type { SharedAttention } from "./shared-attention.ts";
import { Silence } from "./silence.ts";

export type HubOptions = {
  readonly inbox: Inbox;
  readonly revocations: Revocations;
  readonly bus: Bus;
  /** What hubs that share the store know of each other; default: this one is alone. */
  readonly places?: Places;
  /** `all`: every connection of a user rings. `latest`: a new one replaces the older ones. */
  readonly connections: "all" | "latest";
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Default: nobody measures. */
  readonly meter?: Meter;
  /** Sessions that one user may have, on all hubs; default: any number. */
  readonly mostSessions?: number;
  /** How fast one user may send; default: as fast as one likes. */
  readonly sends?: Rates;
  /** How fast one user may mark and ask for history; default: as fast as one likes. */
  readonly questions?: Rates;
};

/** Who is here, and what may be said: judges what users ask for, and has their logs changed. */
export class Hub {
  readonly inbox: Inbox;
  readonly meter: Meter;
  readonly sends: Rates;
  readonly questions: Rates;
  /** Who may be here; revokes and disconnects. */
  readonly gate: Gate;
  /** Who watches who is here. */
  readonly presence: Presence;
  /** Who looks at which threads. */
  readonly attention: SharedAttention;
  /** The one way in which logs grow and sessions learn of it. */
  readonly logs: Logs;
  /** Who acknowledges for all sessions of a user. */
  readonly deputies: Deputies;
  /** What users have. */
  readonly acknowledging: Acknowledging;
  readonly lapsing: Lapsing;
  readonly #marking: Marking;
  readonly #silence: Silence;
  readonly #now: () => number;
  readonly #roster = new Roster();
  readonly #fleet: Fleet;

  constructor({ inbox, bus, now, ...options }: HubOptions) {
    const { revocations, connections, mostSessions = Infinity, places = alone() } = options;
    this.inbox = inbox;
    this.meter = options.meter ?? silentMeter;
    this.sends = options.sends ?? unlimited();
    this.questions = options.questions ?? unlimited();
    const roster = this.#roster;
    this.#fleet = new Fleet({ roster, places, bus, onGone: () => void this.logs.look(() => true) });
    const { presence, attention, whereabouts } = this.#fleet;
    this.presence = presence;
    this.attention = attention;
    this.gate = new Gate({ roster, revocations, bus, places, whereabouts, connections, mostSessions, now });
    this.logs = new Logs({ inbox, bus, roster });
    this.deputies = new Deputies(roster);
    this.acknowledging = new Acknowledging({
      logs: this.logs,
      roster,
      deputies: this.deputies,
      meter: this.meter,
      now,
    });
    this.#marking = new Marking(this.logs, now);
    this.lapsing = new Lapsing(this.logs, now);
    this.#silence = new Silence(this.logs, this.lapsing, now);
    this.#now = now;
    bus.onDoubt((concerns) => void this.#look(concerns));
    bus.onNews((news, from) => this.#hear(news, from));
  }

  /** Counts the session in. From now on it hears when its log grows, and when its token is revoked. */
  join(session: Listener): void {
    this.#roster.join(session);
    this.#fleet.joined(session.uid);
  }

  leave(session: Listener): void {
    this.deputies.leaving(session);
    this.#roster.leave(session);
    this.#fleet.left(session.uid);
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

  /**
   * Takes drafts of `author`, which become durable together; one outcome a draft, in their order (P22). `pace`: how fast all hubs
   * together take them (P51); default as fast as they come.
   */
  async sendAll(
    author: string,
    drafts: readonly Draft[],
    sendsTo?: ReadonlySet<string>,
    pace?: Pace,
  ): Promise<readonly SendOutcome[]> {
    const at = this.#now();
    const judged = drafts.map((draft) => ({ draft, fault: draftFault(draft) ?? limitFault(draft, sendsTo) }));
    const sound = judged.filter(({ fault }) => fault === undefined);
    const changed = await this.logs.change(
      sound.map(({ draft }) => {
        const attended = this.attention.attends(draft.to, draft.thread);
        return { ...draft, op: "append", from: author, attended, rate: pace, at } as const;
      }),
    );
    for (const { draft } of sound) if (draft.ttl !== undefined) this.lapsing.note(at + draft.ttl * 1_000);
    const outcomes =
      changed instanceof InboxUnavailable ? sound.map(() => refusedFor(changed)) : changed.map(sendOutcome);
    const rest = outcomes.values();
    return judged.map(({ fault }) => this.#answer(fault === undefined ? taken(rest) : refusedOutcome(fault)));
  }

  /** Marks notifications of one user's own log (P23). `rates`: what the work is charged to; default nobody counts it. */
  async mark(request: MarkRequest, rates: Rates = unlimited()): Promise<DoneOutcome> {
    return this.#told(await this.#marking.mark(request, rates));
  }

  /** Puts notifications of one user's own log off until then, or, without a time, not any more (P53). `rates`: as for a mark. */
  async snooze(uid: string, seqs: readonly Seq[], until?: number, rates: Rates = unlimited()): Promise<DoneOutcome> {
    return this.#told(await this.#silence.snooze(uid, seqs, until, rates));
  }

  /** Mutes a thread or an author for a user, or does so no more (P54). */
  async mute(uid: string, target: MuteTarget, muted: boolean): Promise<DoneOutcome> {
    return this.#told(await this.#silence.mute(uid, target, muted));
  }

  /** Lets it be quiet for a user until then, or, without a time, no more (P55). */
  async quiet(uid: string, until?: number): Promise<DoneOutcome> {
    return this.#told(await this.#silence.quiet(uid, until));
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
    const changed = await this.logs.change(
      ids.map((id) => (text === undefined ? { ...draft, op: "retract", id } : { ...draft, op: "edit", id, text })),
    );
    if (changed instanceof InboxUnavailable) return this.#refuse(refusedFor(changed));
    return { outcome: "done", drafts: changed.filter(({ outcome }) => outcome === "done").length };
  }

  /** How many connections this user has on all hubs; while nobody can say, here. */
  online(uid: string): Promise<number> {
    return this.#fleet.online(uid);
  }

  /** Where the user's log stands for a session that starts there, once everything that was acknowledged is in it. */
  open(uid: string, start: Start): Promise<Standing> {
    const settled = this.acknowledging.settled(uid);
    return settled === undefined ? this.inbox.open(uid, start) : settled.then(() => this.inbox.open(uid, start));
  }

  /** Does nothing any more by itself. */
  close(): void {
    this.lapsing.stop();
    this.deputies.stop();
    this.#fleet.close();
  }

  async #look(concerns: (uid: string) => boolean): Promise<void> {
    await Promise.all([this.logs.look(concerns), this.gate.look(concerns), this.#fleet.look(concerns)]);
  }

  #hear(news: News, from: string): void {
    if (news.of === "place") this.#fleet.hear(news.uid, from, news.isHere);
    else this.gate.hear(news);
  }

  async #do(change: Extract<Change, { op: "retract" | "edit" }>): Promise<DoneOutcome> {
    const changed = await this.logs.change([change]);
    if (changed instanceof InboxUnavailable) return this.#refuse(refusedFor(changed));
    const outcome = changed[0]?.outcome ?? "unknownDraft";
    return outcome === "done" ? { outcome } : this.#refuse(refusedOutcome(refusal(outcome)));
  }

  #told(outcome: DoneOutcome): DoneOutcome {
    return outcome.outcome === "refused" ? this.#refuse(outcome) : outcome;
  }

  #answer(outcome: SendOutcome): SendOutcome {
    this.meter.answered(outcome.outcome === "refused" ? "refused" : outcome.duplicate ? "duplicate" : "stored");
    return outcome.outcome === "refused" ? this.#refuse(outcome) : outcome;
  }

  #refuse(outcome: RefusedOutcome): RefusedOutcome {
    this.meter.refused(outcome.refusal.code);
    return outcome;
  }
}

/** P31. */
function limitFault({ to }: Draft, sendsTo: ReadonlySet<string> | undefined): Refusal | undefined {
  return sendsTo === undefined || sendsTo.has(to) ? undefined : refusal("forbidden");
}

function taken<T>(rest: Iterator<T, undefined>): T {
  const { value } = rest.next();
  if (value === undefined) throw new Error("The inbox gave fewer outcomes than it was given changes.");
  return value;
}
