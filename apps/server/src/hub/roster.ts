import type { Seq } from "@carillon/protocol";
import { isOwn } from "./own.ts";
import type { Listener } from "./ports.ts";

/**
 * The sessions of one user on this process, in the order in which they came, and what is known to be acknowledged by any of them.
 * Mostly it is one, for which a list takes a tenth of the memory of a set. `newest`: with `latest`, the highest stamp that is known
 * of any session, here or elsewhere (P20). Without a `deputy`, each session acknowledges for itself.
 */
export type Audience = {
  sessions: readonly Listener[];
  acked: Seq;
  newest: number;
  deputy: Deputy | undefined;
};

/** The session that acknowledges for all of its user, and up to where it has yet to do so; `owes` 0: it has. */
export type Deputy = { readonly session: Listener; readonly owes: Seq };

/** Who is here on this process. */
export class Roster {
  readonly #audiences = new Map<string, Audience>();

  join(session: Listener): void {
    const audience = this.#audiences.get(session.uid);
    if (audience !== undefined) audience.sessions = [...audience.sessions, session];
    else this.#audiences.set(session.uid, { sessions: [session], acked: 0, newest: 0, deputy: undefined });
  }

  leave(session: Listener): void {
    const audience = this.#audiences.get(session.uid);
    if (audience === undefined) return;
    audience.sessions = audience.sessions.filter((other) => other !== session);
    if (audience.sessions.length === 0) this.#audiences.delete(session.uid);
  }

  audience(uid: string): Audience | undefined {
    return this.#audiences.get(uid);
  }

  uids(): readonly string[] {
    return [...this.#audiences.keys()];
  }

  sessionsOf(uid: string): readonly Listener[] {
    return this.#audiences.get(uid)?.sessions ?? [];
  }

  /** Users, and their sessions; the hub's own ear is nobody. */
  count(): { readonly users: number; readonly sessions: number } {
    const sizes = [...this.#audiences].flatMap(([uid, { sessions }]) => (isOwn(uid) ? [] : [sessions.length]));
    return { users: sizes.length, sessions: sizes.reduce((sum, size) => sum + size, 0) };
  }

  everybody(): readonly Listener[] {
    return [...this.#audiences.values()].flatMap(({ sessions }) => sessions);
  }
}
