import { ElsewhereOf } from "./elsewhere.ts";
import { type Bus, InboxUnavailable, type Places } from "./ports.ts";
import { Presence } from "./presence.ts";
import type { Roster } from "./roster.ts";
import { SharedAttention } from "./shared-attention.ts";
import { Whereabouts } from "./whereabouts.ts";

export type FleetOptions = {
  readonly roster: Roster;
  readonly places: Places;
  readonly bus: Bus;
  /** Another hub is gone, perhaps before it had rung for what it stored. */
  readonly onGone: () => void;
};

/** What this hub knows of the connections to all hubs that share its store, and they of those to it. */
export class Fleet {
  /** Who watches who is here, on any of them. */
  readonly presence: Presence;
  /** Who looks at which threads. */
  readonly attention: SharedAttention;
  /** Tells the others who is on this one. */
  readonly whereabouts: Whereabouts;
  readonly #roster: Roster;
  readonly #places: Places;
  /** Where else those are who are watched here. */
  readonly #elsewhere: ElsewhereOf;

  constructor({ roster, places, bus, onGone }: FleetOptions) {
    this.#roster = roster;
    this.#places = places;
    this.whereabouts = new Whereabouts({ roster, places, bus });
    this.attention = new SharedAttention(places);
    this.#elsewhere = new ElsewhereOf(places, (uid, isElsewhere) =>
      isElsewhere ? this.presence.arrived(uid) : this.presence.left(uid),
    );
    this.presence = new Presence({
      isHere: (uid) => this.#here(uid) > 0 || this.#elsewhere.isElsewhere(uid),
      follow: (uid) => this.#elsewhere.follow(uid),
      forget: (uid) => this.#elsewhere.forget(uid),
    });
    places.onChange((what) => {
      if (what === "gone") onGone();
      else void (what === "lost" ? this.whereabouts.putAll() : this.look(() => true));
    });
  }

  /** A session of this user is on the roster. */
  joined(uid: string): void {
    if (this.#here(uid) === 1) this.presence.arrived(uid);
  }

  /** A session of this user is on the roster no more. */
  left(uid: string): void {
    if (this.#here(uid) === 0) this.presence.left(uid);
    void this.whereabouts.left(uid);
  }

  /** How many connections this user has on all hubs; while nobody can say, here. */
  async online(uid: string): Promise<number> {
    try {
      let connections = this.#here(uid);
      for (const there of (await this.#places.where(uid)).values()) connections += there;
      return connections;
    } catch (error) {
      if (error instanceof InboxUnavailable) return this.#here(uid);
      throw error;
    }
  }

  /** Another hub has a first connection of this user, or none any more. */
  hear(uid: string, hub: string, isThere: boolean): void {
    this.#places.heard(hub);
    this.#elsewhere.hear(uid, hub, isThere);
  }

  /** What others told of these users may have been missed. */
  look(concerns: (uid: string) => boolean): Promise<void> {
    return this.#elsewhere.look(concerns);
  }

  /** Does nothing any more by itself. */
  close(): void {
    this.attention.close();
    this.whereabouts.close();
  }

  #here(uid: string): number {
    return this.#roster.sessionsOf(uid).length;
  }
}
