import type { UserPresence } from "@carillon/protocol";

/** Hears of the users that it watches. */
export interface Watcher {
  /** These came or went since it was last told. Nothing here throws. */
  tell(users: readonly UserPresence[]): void;
}

/** Where it is known who is online. */
export interface World {
  /** As far as it is known: on this hub, or on one that is followed. */
  isHere(uid: string): boolean;
  /** From now on this user is watched. Resolves when `isHere` knows, or cannot. */
  follow(uid: string): Promise<void>;
  /** Nobody watches this user any more. */
  forget(uid: string): void;
}

/**
 * Who watches whom (P45, P46). Holds only users that are watched; a change of one costs the same however many watch, until it is told.
 */
export class Presence {
  readonly #world: World;
  readonly #watched = new Map<string, Watched>();
  readonly #lists = new Map<Watcher, ReadonlySet<string>>();
  /** Users to look at when the next round is told. */
  readonly #changed = new Set<string>();
  #round: NodeJS.Timeout | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** Replaces what this watcher watches, at once. Gives how each of them stands, once, as soon as it is known. */
  async watch(watcher: Watcher, uids: readonly string[]): Promise<readonly UserPresence[]> {
    const list = new Set(uids);
    this.#replace(watcher, list);
    await Promise.all(Array.from(list, (uid) => this.#world.follow(uid)));
    return Array.from(list, (uid) => ({ uid, online: this.#standing(uid) }));
  }

  /** The watcher is gone. */
  unwatch(watcher: Watcher): void {
    this.#replace(watcher, new Set());
  }

  /** The user has a first session, here or elsewhere. */
  arrived(uid: string): void {
    const watched = this.#watched.get(uid);
    if (watched === undefined) return;
    clearTimeout(watched.leaving);
    watched.leaving = undefined;
    if (watched.online === false) this.#change(uid);
  }

  /** The user may have no session any more. */
  left(uid: string): void {
    const watched = this.#watched.get(uid);
    if (watched?.online !== true) return;
    clearTimeout(watched.leaving);
    watched.leaving = setTimeout(() => this.#change(uid), LEAVING_MS);
    watched.leaving.unref();
  }

  #replace(watcher: Watcher, list: ReadonlySet<string>): void {
    const former = this.#lists.get(watcher);
    for (const uid of list) this.#add(watcher, uid);
    for (const uid of former ?? []) if (!list.has(uid)) this.#remove(watcher, uid);
    if (list.size === 0) this.#lists.delete(watcher);
    else this.#lists.set(watcher, list);
  }

  #add(watcher: Watcher, uid: string): void {
    const watched = this.#watched.get(uid) ?? { online: undefined, watchers: new Set(), leaving: undefined };
    this.#watched.set(uid, watched);
    watched.watchers.add(watcher);
  }

  /** What the others who watch were told, or how it is, if this is the first. */
  #standing(uid: string): boolean {
    const watched = this.#watched.get(uid);
    if (watched === undefined) return this.#world.isHere(uid); // Nobody watches any more, and nobody reads it.
    watched.online ??= this.#world.isHere(uid);
    return watched.online;
  }

  #remove(watcher: Watcher, uid: string): void {
    const watched = this.#watched.get(uid);
    watched?.watchers.delete(watcher);
    if (watched?.watchers.size !== 0) return;
    clearTimeout(watched.leaving);
    this.#watched.delete(uid);
    this.#changed.delete(uid);
    this.#world.forget(uid);
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
      const online = this.#world.isHere(uid);
      if (watched?.online === undefined || watched.online === online) continue; // Back as it was before anybody was told.
      watched.online = online;
      for (const watcher of watched.watchers) news.set(watcher, [...(news.get(watcher) ?? []), { uid, online }]);
    }
    this.#changed.clear();
    for (const [watcher, users] of news) watcher.tell(users);
  }
}

/** `online`: what its watchers were told, if they were. `leaving`: what will tell them otherwise, should it stay away. */
type Watched = { online: boolean | undefined; readonly watchers: Set<Watcher>; leaving: NodeJS.Timeout | undefined };

/** Milliseconds without a session until a user is told to be away: a tab that reloads, or comes back after a cut, needs less. */
export const LEAVING_MS = 5_000;
/** Milliseconds for which changes wait for others, to be told together. */
export const TOGETHER_MS = 100;
