import { Close } from "@carillon/protocol";
import { type DoneOutcome, refusedFor } from "./outcome.ts";
import { type Bearing, type Bus, InboxUnavailable, type Listener, type Revocation, type Revocations } from "./ports.ts";
import { onceServed, someAtATime } from "./repair.ts";
import { type Revocable, revocationOf } from "./revocation.ts";
import type { Roster } from "./roster.ts";

export type GateOptions = {
  readonly roster: Roster;
  readonly revocations: Revocations;
  readonly bus: Bus;
  /** `all`: every connection of a user rings. `latest`: a new one replaces the older ones. */
  readonly connections: "all" | "latest";
  /** Sessions that one user may have here (P50). */
  readonly mostSessions: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Who may be here, and who has to go. */
export class Gate {
  readonly #roster: Roster;
  readonly #revocations: Revocations;
  readonly #bus: Bus;
  readonly #connections: "all" | "latest";
  readonly #mostSessions: number;
  readonly #now: () => number;

  constructor({ roster, revocations, bus, connections, mostSessions, now }: GateOptions) {
    this.#roster = roster;
    this.#revocations = revocations;
    this.#bus = bus;
    this.#connections = connections;
    this.#mostSessions = mostSessions;
    this.#now = now;
    bus.onRevoked((revocation) => this.#hangUpOn(revocation));
  }

  /**
   * Lets a session stay that is on the roster already, so that no revocation falls between the question and its coming; or says why
   * it may not: its token is revoked, or its user had as many as there may be. May reject with `InboxUnavailable`.
   */
  async admit(session: Listener, bearing: Bearing): Promise<"admitted" | Close> {
    if (await this.isRevoked(bearing)) return Close.revoked; // P32
    if (this.#roster.sessionsOf(session.uid).indexOf(session) >= this.#mostSessions) return Close.crowded; // P50
    if (this.#connections === "latest") this.#replaceOlder(session);
    return "admitted";
  }

  /** May reject with `InboxUnavailable`. */
  isRevoked(bearing: Bearing): Promise<boolean> {
    return this.#revocations.isRevoked(bearing);
  }

  /**
   * Revokes every token of a user that was issued up to now, or the one token of that name (P32). When it is done, they are refused
   * for good and their sessions are hung up; it may be said again.
   */
  async revoke(what: Revocable): Promise<DoneOutcome> {
    const revocation = revocationOf(what, this.#now());
    try {
      await this.#revocations.revoke(revocation);
    } catch (error) {
      if (error instanceof InboxUnavailable) return refusedFor(error);
      throw error;
    }
    this.#hangUpOn(revocation);
    this.#bus.revoked(revocation);
    return { outcome: "done" };
  }

  /** Asks again about the tokens of those of these users who are here: revocations on other hubs may have been missed. */
  look(concerns: (uid: string) => boolean): Promise<void> {
    const suspects = this.#roster.everybody().filter(({ uid }) => concerns(uid));
    return someAtATime(suspects, async (session) => {
      const { bearing } = session;
      if (bearing === undefined) return;
      const isHere = () => this.#roster.sessionsOf(session.uid).includes(session);
      if (await onceServed(() => this.isRevoked(bearing), isHere)) session.hangUp(Close.revoked);
    });
  }

  /** Hangs up on every session of a user on this process; they may come back. How many there were. */
  disconnect(uid: string): number {
    const sessions = this.#roster.sessionsOf(uid);
    for (const session of sessions) session.hangUp(Close.disconnected);
    return sessions.length;
  }

  #hangUpOn(revocation: Revocation): void {
    const suspects = revocation.of === "user" ? this.#roster.sessionsOf(revocation.uid) : this.#roster.everybody();
    for (const session of suspects) if (session.isMeant(revocation)) session.hangUp(Close.revoked);
  }

  /** P20: those that came before it, if it is still here itself. */
  #replaceOlder(session: Listener): void {
    const sessions = this.#roster.sessionsOf(session.uid);
    const older = sessions.slice(0, Math.max(0, sessions.indexOf(session)));
    for (const each of older) each.hangUp(Close.replaced);
  }
}
