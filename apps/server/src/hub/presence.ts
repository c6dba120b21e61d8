import type { UserPresence } from "@carillon/protocol";

/** Hears of the users that it watches. */
export interface Watcher {
  /** These came or went since it was last told. Nothing here throws. */
  tell(users: readonly UserPresence[]): void;
}

/**
 * Who watches whom (P45, P46). Holds only users that are watched; a change of one costs the same however many watch, until it is told.
 * Knows the sessions of this process alone: several hubs would tell each other's `arrived` and `left` over the bus, and `isHere`
 * would count what they told.
 */
export class Presence {
  readonly #isHere: (uid: string) => boolean;
  readonly #watched = new Map<string, Watched>();
  readonly #lists = new Map<Watcher, ReadonlySet<string>>();
  /** Users to look at when the next round is told. */
  readonly #changed = new Set<string>();
  #round: NodeJS.Timeout | undefined;

  constructor(isHere: (uid: string) => boolean) {
    this.#isHere = isHere;
  }

  /** Replaces what this watcher watches. Returns how each of them stands, once. */
  watch(watcher: Watcher, uids: readonly string[]): readonly UserPresence[] {
    const list = new Set(uids);
    const former = this.#lists.get(watcher);
    const users = Array.from(list, (uid) => ({ uid, online: this.#add(watcher, uid) }));
    for (const uid of former ?? []) if (!list.has(uid)) this.#remove(watcher, uid);
    if (list.size === 0) this.#lists.delete(watcher);
    else this.#lists.set(watcher, list);
    return users;
  }

  /** The watcher is gone. */
  unwatch(watcher: Watcher): void {
    this.watch(watcher, []);
  }

  /** The user has a first session. */
  arrived(uid: string): void {
    const watched = this.#watched.get(uid);
    if (watched === undefined) return;
    clearTimeout(watched.leaving);
    watched.leaving = undefined;
    if (!watched.online) this.#change(uid);
  }

  /** The user has no session any more. */
  left(uid: string): void {
    const watched = this.#watched.get(uid);
    if (watched === undefined || !watched.online) return;
    watched.leaving = setTimeout(() => this.#change(uid), LEAVING_MS);
    watched.leaving.unref();
  }

  #add(watcher: Watcher, uid: string): boolean {
    const watched = this.#watched.get(uid) ?? { online: this.#isHere(uid), watchers: new Set(), leaving: undefined };
    this.#watched.set(uid, watched);
    watched.watchers.add(watcher);
    return watched.online;
  }

  #remove(watcher: Watcher, uid: string): void {
    const watched = this.#watched.get(uid);
    watched?.watchers.delete(watcher);
    if (watched?.watchers.size !== 0) return;
    clearTimeout(watched.leaving);
    this.#watched.delete(uid);
    this.#changed.delete(uid);
  }

  #change(uid: string): void {
    this.#changed.add(uid);
    if (this.#round !== undefined) return;
    this.#round = setTimeout(() => this.#tell(), TOGETHER_MS);
    this.#round.unref();
  }

  /** One frame a watcher, however many of its users came or went. */
  #tell(): void {
    this.#round = undefined;
    const news = new Map<Watcher, UserPresence[]>();
    for (const uid of this.#changed) {
      const watched = this.#watched.get(uid);
      const online = this.#isHere(uid);
      if (watched === undefined || watched.online === online) continue; // Back as it was before anybody was told.
      watched.online = online;
      for (const watcher of watched.watchers) news.set(watcher, [...(news.get(watcher) ?? []), { uid, online }]);
    }
    this.#changed.clear();
    for (const [watcher, users] of news) watcher.tell(users);
  }
}

/** `online`: what its watchers were told. `leaving`: what will tell them otherwise, should it stay away. */
type Watched = { online: boolean; readonly watchers: Set<Watcher>; leaving: NodeJS.Timeout | undefined };

/** Milliseconds without a session until a user is told to be away: a tab that reloads, or comes back after a cut, needs less. */
export const LEAVING_MS = 5_000;
/** Milliseconds for which changes wait for others, to be told together. */
export const TOGETHER_MS = 100;
