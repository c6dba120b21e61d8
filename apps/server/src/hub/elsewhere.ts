import { InboxUnavailable, type Places } from "./ports.ts";
import { someAtATime } from "./repair.ts";

/** A user whom somebody here wants to know about. `told`: how often a hub said something of it. */
type Followed = { hubs: ReadonlySet<string>; wasElsewhere: boolean; told: number; readonly known: Promise<void> };

/**
 * On which other hubs users are: only those that are followed. Asked once, and kept by what the hubs tell. While nobody can be
 * asked it stays as it was, until the other hubs count as gone.
 */
export class ElsewhereOf {
  readonly #places: Places;
  readonly #users = new Map<string, Followed>();
  /** A followed user came to the first other hub, or left the last. */
  readonly #onChange: (uid: string, isElsewhere: boolean) => void;

  constructor(places: Places, onChange: (uid: string, isElsewhere: boolean) => void) {
    this.#places = places;
    this.#onChange = onChange;
  }

  /** Resolves when it is known, or cannot be. */
  follow(uid: string): Promise<void> {
    const followed = this.#users.get(uid);
    if (followed !== undefined) return followed.known;
    const known = Promise.withResolvers<void>();
    const begun: Followed = { hubs: new Set(), wasElsewhere: false, told: 0, known: known.promise };
    this.#users.set(uid, begun);
    void this.#ask(uid, begun).then(known.resolve, known.reject);
    return begun.known;
  }

  forget(uid: string): void {
    this.#users.delete(uid);
  }

  /** As far as it is known; of somebody who is not followed, never. */
  isElsewhere(uid: string): boolean {
    const followed = this.#users.get(uid);
    return followed !== undefined && this.#isAnywhere(followed);
  }

  /** Another hub said so. */
  hear(uid: string, hub: string, isThere: boolean): void {
    const followed = this.#users.get(uid);
    if (followed === undefined) return;
    followed.told += 1; // What is being asked for may be older.
    const hubs = new Set(followed.hubs);
    if (isThere) hubs.add(hub);
    else hubs.delete(hub);
    followed.hubs = hubs;
    this.#compare(uid, followed);
  }

  /** Something of these was not heard, or hubs came or went. */
  async look(concerns: (uid: string) => boolean): Promise<void> {
    const suspects = [...this.#users].filter(([uid]) => concerns(uid));
    for (const [uid, followed] of suspects) this.#compare(uid, followed);
    await someAtATime(suspects, ([uid, followed]) => this.#ask(uid, followed));
  }

  get size(): number {
    return this.#users.size;
  }

  async #ask(uid: string, followed: Followed): Promise<void> {
    const isWanted = () => this.#users.get(uid) === followed;
    while (isWanted()) {
      const { told } = followed;
      const elsewhere = await this.#where(uid);
      if (!isWanted() || elsewhere === undefined) return;
      if (followed.told !== told) continue;
      followed.hubs = new Set(elsewhere.keys());
      return this.#compare(uid, followed);
    }
  }

  async #where(uid: string) {
    try {
      return await this.#places.where(uid);
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
      return undefined; // When it is back, the bus is in doubt: then it is asked again.
    }
  }

  #isAnywhere({ hubs }: Followed): boolean {
    return [...hubs].some((hub) => this.#places.isThere(hub));
  }

  #compare(uid: string, followed: Followed): void {
    const isElsewhere = this.#isAnywhere(followed);
    if (isElsewhere === followed.wasElsewhere) return;
    followed.wasElsewhere = isElsewhere;
    this.#onChange(uid, isElsewhere);
  }
}
