import type { Seq } from "@carillon/protocol";
import type { Listener } from "./ports.ts";
import type { Audience, Deputy, Roster } from "./roster.ts";

/**
 * Of several sessions of a user, one acknowledges for all (P57): an answer costs the hub as much as the delivery that it answers.
 * It is the one that was first to acknowledge something new. Who ends or is silent while it owes an answer is nobody's deputy any
 * more: the others are asked, and the first of them takes its place.
 */
export class Deputies {
  readonly #roster: Roster;
  /** Whose deputies owe an answer, and since when; the longest first. */
  readonly #waiting = new Map<Audience, number>();
  /** One for all; there is one while anybody waits. */
  #timer: NodeJS.Timeout | undefined;

  constructor(roster: Roster) {
    this.#roster = roster;
  }

  /** Whether `session`, which gets a notification of this seq now, has to acknowledge it; if not, its deputy has. */
  isAsked(session: Listener, seq: Seq): boolean {
    const audience = this.#roster.audience(session.uid);
    const deputy = audience?.deputy;
    if (audience === undefined || deputy === undefined || deputy.session === session) return true;
    if (seq > deputy.owes && seq > audience.acked) this.#owe(audience, { ...deputy, owes: seq });
    return false;
  }

  /** `session` was first to acknowledge what its user has up to `seq`. */
  acknowledged(session: Listener, seq: Seq): void {
    const audience = this.#roster.audience(session.uid);
    if (audience === undefined) return;
    const { deputy, sessions } = audience;
    if (deputy !== undefined && seq < deputy.owes) return this.#goOn(audience, session);
    this.#waiting.delete(audience);
    audience.deputy = sessions.length === 1 ? undefined : { session, owes: 0 };
  }

  /** `session` is about to leave. */
  leaving(session: Listener): void {
    const audience = this.#roster.audience(session.uid);
    if (audience?.deputy?.session === session) this.#replace(audience);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #owe(audience: Audience, deputy: Deputy): void {
    audience.deputy = deputy;
    if (!this.#waiting.has(audience)) this.#waiting.set(audience, performance.now());
    this.#timer ??= this.#wakeAfter(ANSWER_MS);
  }

  /** A deputy that answers one after the other is not silent. */
  #goOn(audience: Audience, session: Listener): void {
    if (audience.deputy?.session !== session) return;
    this.#waiting.delete(audience);
    this.#waiting.set(audience, performance.now());
  }

  /** Nobody answers for all any more: the next to acknowledge something new will. */
  #replace(audience: Audience): void {
    const { deputy, sessions } = audience;
    audience.deputy = undefined;
    this.#waiting.delete(audience);
    if (deputy === undefined || deputy.owes === 0) return;
    for (const session of sessions) if (session !== deputy.session) session.ask();
  }

  /** Looks when this turn of the event loop has read what is there: after a pause of our own, answers are still unread. */
  #wakeAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => setImmediate(() => this.#look()), ms).unref();
  }

  #look(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const [audience, since] of this.#waiting) {
      const left = since + ANSWER_MS - now;
      if (left > 0) return void (this.#timer = this.#wakeAfter(left));
      this.#replace(audience);
    }
  }
}

/** Milliseconds that an author waits longer for a receipt, once, where a deputy fell silent; a phone's radio takes one to wake up. */
export const ANSWER_MS = 1_500;
