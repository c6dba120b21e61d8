import type { Seq } from "@carillon/protocol";
import { isFirst, pageOf } from "./pages.ts";
import type { Row } from "./row.ts";

/** Where a log stands. */
export type Figures = {
  readonly head: Seq;
  /** Highest seq that any of the user's connections has. */
  readonly acked: Seq;
  readonly unseen: number;
  readonly unread: number;
  /** Entries up to here are given up. */
  readonly floor: Seq;
};

/** The log of somebody to whom nothing has happened. */
export const EMPTY: Figures = { head: 0, acked: 0, unseen: 0, unread: 0, floor: 0 };

export type UserLogOptions = {
  readonly uid: string;
  readonly id: number;
  readonly figures: Figures;
  /** Reads a page that is not at hand; empty if there is none. */
  readonly read: (page: number) => Row[];
  /** Hears of each change in how much is held. */
  readonly weigh: (characters: number) => void;
};

/** One user's log: where it stands, and such pages of it as were read or changed. */
export class UserLog {
  readonly uid: string;
  readonly id: number;
  figures: Figures;
  readonly #read: UserLogOptions["read"];
  #weigh: UserLogOptions["weigh"];
  #held = 0;
  readonly #pages = new Map<number, Row[]>();
  readonly #changed = new Set<number>();
  /** Drafts whose seq is known here alone. */
  readonly #drafts = new Map<string, Seq>();

  constructor({ uid, id, figures, read, weigh }: UserLogOptions) {
    this.uid = uid;
    this.id = id;
    this.figures = figures;
    this.#read = read;
    this.#weigh = weigh;
  }

  /** Undefined if there is none, or it was given up. */
  row(seq: Seq): Row | undefined {
    if (seq <= this.figures.floor || seq > this.figures.head) return undefined;
    const rows = this.#page(pageOf(seq));
    return rows[seq - (rows[0]?.seq ?? 0)];
  }

  /** Those after `after` up to `upTo`, oldest first. */
  *rows(after: Seq, upTo: Seq): Generator<Row> {
    const first = Math.max(after, this.figures.floor) + 1;
    const last = Math.min(upTo, this.figures.head);
    if (first > last) return;
    for (let page = pageOf(first); page <= pageOf(last); page += 1) {
      for (const row of this.#page(page)) if (row.seq >= first && row.seq <= last) yield row;
    }
  }

  /** Those before `before`, newest first. */
  *backwards(before: Seq): Generator<Row> {
    const { head, floor } = this.figures;
    const last = Math.min(before - 1, head);
    if (last <= floor) return;
    for (let page = pageOf(last); page >= pageOf(floor + 1); page -= 1) {
      for (const row of this.#page(page).toReversed()) if (row.seq > floor && row.seq <= last) yield row;
    }
  }

  /** Puts a row in its place: the one after the last, or one that is there. */
  put(row: Row): void {
    const page = pageOf(row.seq);
    const rows = this.#isNew(row.seq) ? this.#keep(page, []) : this.#page(page);
    const at = row.seq - (rows[0]?.seq ?? row.seq);
    if (at < 0 || at > rows.length) throw new Error(`The log of ${this.uid} has no place for seq ${row.seq}.`);
    this.#hold(weightOf(row) - weightOf(rows[at]));
    rows[at] = row;
    this.#changed.add(page);
  }

  /** Entries up to there are given up. What is left of a page that held some of them is a page still. */
  giveUp(upTo: Seq): void {
    const kept = pageOf(upTo + 1);
    for (const [page, rows] of this.#pages) {
      if (page >= kept) continue;
      this.#hold(-weightOfAll(rows));
      this.#pages.delete(page);
    }
    for (const page of this.#changed) if (page < kept) this.#changed.delete(page);
    const rows = this.#page(kept);
    const first = rows.findIndex(({ seq }) => seq > upTo);
    this.#hold(-weightOfAll(rows.splice(0, first < 0 ? rows.length : first)));
    if (rows.length > 0) this.#changed.add(kept);
    for (const [id, seq] of this.#drafts) if (seq <= upTo) this.#drafts.delete(id);
    this.figures = { ...this.figures, floor: upTo };
  }

  noteDraft(id: string, seq: Seq): void {
    this.#drafts.set(id, seq);
  }

  /** Its seq, if it is known here alone. */
  newDraft(id: string): Seq | undefined {
    return this.#drafts.get(id);
  }

  get newDrafts(): ReadonlyMap<string, Seq> {
    return this.#drafts;
  }

  changedPages(): readonly (readonly [page: number, rows: readonly Row[]])[] {
    return [...this.#changed].map((page) => [page, this.#page(page)]);
  }

  /** Everything that was known here alone is in the tables now. */
  settled(): void {
    this.#changed.clear();
    this.#drafts.clear();
  }

  /** Lets go of what the tables know, too, but for the newest, where the next change will be. */
  shorten(): void {
    const kept = pageOf(this.figures.head) - PAGES_KEPT;
    for (const [page, rows] of this.#pages) {
      if (page > kept || this.#changed.has(page)) continue;
      this.#hold(-weightOfAll(rows));
      this.#pages.delete(page);
    }
  }

  /** What it holds is nobody's any more, though somebody may be reading it still. */
  letGo(): void {
    this.#weigh(-this.#held);
    this.#weigh = () => {};
  }

  #hold(characters: number): void {
    this.#held += characters;
    this.#weigh(characters);
  }

  #page(page: number): Row[] {
    return this.#pages.get(page) ?? this.#keep(page, this.#read(page));
  }

  #keep(page: number, rows: Row[]): Row[] {
    this.#pages.set(page, rows);
    this.#hold(weightOfAll(rows));
    return rows;
  }

  /** Whether its page begins with it, and is not there yet: so it need not be looked for. */
  #isNew(seq: Seq): boolean {
    return seq === this.figures.head && isFirst(seq) && !this.#pages.has(pageOf(seq));
  }
}

function weightOfAll(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + weightOf(row), 0);
}

function weightOf(row: Row | undefined): number {
  return row === undefined ? 0 : row.body.length + ROW_CHARACTERS;
}

/** Where the next entry will be. */
const PAGES_KEPT = 1;
/** What a row costs beside its body, about. */
const ROW_CHARACTERS = 50;
