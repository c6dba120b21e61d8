import { isOwn } from "./own.ts";
import { type Bus, InboxUnavailable, type Places } from "./ports.ts";
import { onceServed, someAtATime } from "./repair.ts";
import type { Roster } from "./roster.ts";

export type WhereaboutsOptions = { readonly roster: Roster; readonly places: Places; readonly bus: Bus };

/** Tells the other hubs who is here: nothing as long as a user's connections stay as many as they are. */
export class Whereabouts {
  readonly #roster: Roster;
  readonly #places: Places;
  readonly #bus: Bus;
  /** Users of whom the others were told that they are here. */
  readonly #told = new Set<string>();
  /** Users of whom they may believe something else than what they were told. */
  readonly #unsure = new Set<string>();
  /** Users of whom they have to be told once that is possible. */
  readonly #owed = new Set<string>();
  #repaying: Promise<void> | undefined;
  readonly #renewing: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor({ roster, places, bus }: WhereaboutsOptions) {
    this.#roster = roster;
    this.#places = places;
    this.#bus = bus;
    if (places.placeMs === Infinity) return;
    this.#renewing = setInterval(() => void this.#putAgain(), places.placeMs / TIMES);
    this.#renewing.unref();
  }

  /** A connection of this user is on the roster. How many there are on other hubs; may reject with `InboxUnavailable`. */
  async came(uid: string): Promise<number> {
    if (this.#places.areAlone === true) return 0;
    let elsewhere = 0;
    for (const connections of (await this.#put(uid)).values()) elsewhere += connections;
    return elsewhere;
  }

  /** A connection of this user is on the roster no more. */
  async left(uid: string): Promise<void> {
    if (isOwn(uid) || this.#places.areAlone === true) return;
    try {
      await this.#put(uid);
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
      this.#owed.add(uid);
      void this.#repay();
    }
  }

  /** The others may have forgotten everybody. */
  async putAll(): Promise<void> {
    for (const uid of this.#told) {
      this.#unsure.add(uid);
      this.#owed.add(uid);
    }
    await this.#putAgain();
  }

  /** Owes nothing any more. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#renewing);
  }

  #putAgain(): Promise<void> {
    for (const uid of this.#roster.uids()) if (!isOwn(uid)) this.#owed.add(uid);
    return this.#repay();
  }

  async #put(uid: string) {
    const connections = this.#roster.sessionsOf(uid).length;
    const elsewhere = await this.#places.put(uid, connections);
    this.#tell(uid, connections > 0);
    return elsewhere;
  }

  #tell(uid: string, isHere: boolean): void {
    const isSure = !this.#unsure.delete(uid);
    if (isSure && this.#told.has(uid) === isHere) return;
    if (isHere) this.#told.add(uid);
    else this.#told.delete(uid);
    this.#bus.tell({ of: "place", uid, isHere });
  }

  /** One at a time: who comes to owe something meanwhile is seen to, too. */
  #repay(): Promise<void> {
    this.#repaying ??= this.#repayAll().finally(() => (this.#repaying = undefined));
    return this.#repaying;
  }

  async #repayAll(): Promise<void> {
    while (this.#owed.size > 0 && !this.#isClosed) {
      const uids = [...this.#owed];
      this.#owed.clear();
      await someAtATime(uids, async (uid) => {
        await onceServed(
          () => this.#put(uid),
          () => !this.#isClosed,
        );
      });
    }
  }
}

/** Times that a place is put before it would be forgotten. */
const TIMES = 3;
