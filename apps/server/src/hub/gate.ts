import { Close } from "@carillon/protocol";
import { type DoneOutcome, refusedFor } from "./outcome.ts";
import {
  type Bearing,
  type Bus,
  InboxUnavailable,
  type Listener,
  type News,
  type Places,
  type Revocation,
  type Revocations,
} from "./ports.ts";
import { onceServed, someAtATime } from "./repair.ts";
import { type Revocable, revocationOf } from "./revocation.ts";
import type { Roster } from "./roster.ts";
import type { Whereabouts } from "./whereabouts.ts";

export type GateOptions = {
  readonly roster: Roster;
  readonly revocations: Revocations;
  readonly bus: Bus;
  readonly places: Places;
  readonly whereabouts: Whereabouts;
  /** `all`: every connection of a user rings. `latest`: a new one replaces the older ones. */
  readonly connections: "all" | "latest";
  /** Sessions that one user may have, on all hubs together (P50). */
  readonly mostSessions: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Who may be here, and who has to go. */
export class Gate {
  readonly #roster: Roster;
  readonly #revocations: Revocations;
  readonly #bus: Bus;
  readonly #places: Places;
  readonly #whereabouts: Whereabouts;
  readonly #connections: "all" | "latest";
  readonly #mostSessions: number;
  readonly #now: () => number;
  /** With `latest`, in which order sessions were admitted, on all hubs together. */
  readonly #stamps = new WeakMap<Listener, number>();

  constructor({ roster, revocations, bus, places, whereabouts, connections, mostSessions, now }: GateOptions) {
    this.#roster = roster;
    this.#revocations = revocations;
    this.#bus = bus;
    this.#places = places;
    this.#whereabouts = whereabouts;
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
    const [isRevoked, elsewhere] = await Promise.all([this.isRevoked(bearing), this.#whereabouts.came(session.uid)]);
    if (isRevoked) return Close.revoked; // P32
    if (this.#roster.sessionsOf(session.uid).indexOf(session) + elsewhere >= this.#mostSessions) return Close.crowded; // P50
    if (this.#connections === "latest") await this.#replaceOlder(session);
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

  /** Asks again whether those of these users who are here may stay: what other hubs told may have been missed. */
  look(concerns: (uid: string) => boolean): Promise<void> {
    const suspects = this.#roster.everybody().filter(({ uid }) => concerns(uid));
    return someAtATime(suspects, async (session) => {
      const { bearing } = session;
      if (bearing === undefined) return;
      const isHere = () => this.#roster.sessionsOf(session.uid).includes(session);
      if (await onceServed(() => this.isRevoked(bearing), isHere)) session.hangUp(Close.revoked);
      if (this.#connections === "all") return;
      const newest = await onceServed(() => this.#places.newest(session.uid), isHere);
      if (newest !== undefined) this.#hangUpOlder(session.uid, newest);
    });
  }

  /**
   * Hangs up on every session of a user, on all hubs; they may come back. How many there were; may reject with `InboxUnavailable`,
   * and then those of this hub are hung up.
   */
  async disconnect(uid: string): Promise<number> {
    const here = this.#hangUpAll(uid);
    this.#bus.tell({ of: "disconnect", uid });
    let elsewhere = 0;
    for (const connections of (await this.#places.where(uid)).values()) elsewhere += connections;
    return here + elsewhere;
  }

  /** Another hub's news. */
  hear(news: Exclude<News, { of: "place" }>): void {
    switch (news.of) {
      case "disconnect":
        this.#hangUpAll(news.uid);
        return;
      case "newest":
        return this.#hangUpOlder(news.uid, news.stamp);
      default:
        news satisfies never;
    }
  }

  #hangUpAll(uid: string): number {
    const sessions = this.#roster.sessionsOf(uid);
    for (const session of sessions) session.hangUp(Close.disconnected);
    return sessions.length;
  }

  #hangUpOn(revocation: Revocation): void {
    const suspects = revocation.of === "user" ? this.#roster.sessionsOf(revocation.uid) : this.#roster.everybody();
    for (const session of suspects) if (session.isMeant(revocation)) session.hangUp(Close.revoked);
  }

  /** P20: those that came before it, on all hubs; itself, if another has come meanwhile. */
  async #replaceOlder(session: Listener): Promise<void> {
    const stamp = await this.#places.stamp(session.uid);
    this.#stamps.set(session, stamp);
    this.#hangUpOlder(session.uid, stamp);
    this.#bus.tell({ of: "newest", uid: session.uid, stamp });
  }

  /** Who has no stamp yet is judged when it has: its number may be on its way already, and lower. */
  #hangUpOlder(uid: string, stamp: number): void {
    const audience = this.#roster.audience(uid);
    if (audience === undefined) return;
    audience.newest = Math.max(audience.newest, stamp);
    for (const session of audience.sessions)
      if ((this.#stamps.get(session) ?? Infinity) < audience.newest) session.hangUp(Close.replaced);
  }
}
