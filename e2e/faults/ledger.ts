/** A draft with its author. */
export type Submission = { readonly author: string; readonly id: string; readonly to: string; readonly text: string };

/** What one draft went through, as seen from outside. */
type Row = {
  readonly draft: Submission;
  /** Every seq that a `sent` reply gave; more than one is a broken promise. */
  readonly seqs: Set<number>;
  isStored: boolean;
  isDelivered: boolean;
};

/** Counts, and the drafts and screens that speak against the hub. */
export type Findings = {
  readonly sent: number;
  readonly acknowledged: number;
  readonly stored: number;
  readonly delivered: number;
  readonly shown: number;
  /** Acknowledged, but not in the database, or not on the screen of its recipient. */
  readonly lost: readonly string[];
  /** On one screen more than once. */
  readonly doubled: readonly string[];
  /** Acknowledged with another seq at a resend. */
  readonly reseated: readonly string[];
  /** Screens on which a seq did not rise. */
  readonly disordered: readonly string[];
};

/** Writes down what happened to every draft of a run. Draws conclusions, does nothing. */
export class Ledger {
  readonly #rows = new Map<string, Row>();
  readonly #screens = new Map<string, { seq: number; isOrdered: boolean; readonly times: Map<string, number> }>();

  /** Drafts that were answered. */
  acknowledgedCount = 0;
  /** Drafts whose author got the receipt. */
  deliveredCount = 0;
  /** Drafts that rang at their recipient. */
  shownCount = 0;

  /** A client submitted it. */
  sent(draft: Submission): void {
    this.#rows.set(nameOf(draft.author, draft.id), { draft, seqs: new Set(), isStored: false, isDelivered: false });
  }

  get sentCount(): number {
    return this.#rows.size;
  }

  /** The hub answered `sent`, or gave the author the entry that says the same. */
  acknowledged(author: string, id: string, seq: number): void {
    const seqs = this.#rows.get(nameOf(author, id))?.seqs;
    if (seqs?.size === 0) this.acknowledgedCount += 1;
    seqs?.add(seq);
  }

  /** It is in the database. */
  stored(author: string, id: string): void {
    const row = this.#rows.get(nameOf(author, id));
    if (row !== undefined) row.isStored = true;
  }

  /** Its author got the receipt. */
  delivered(author: string, id: string): void {
    const row = this.#rows.get(nameOf(author, id));
    if (row === undefined || row.isDelivered) return;
    row.isDelivered = true;
    this.deliveredCount += 1;
  }

  /** It rang on this user's screen. */
  shown(uid: string, author: string, id: string, seq: number): void {
    const screen = this.#screens.get(uid) ?? { seq: 0, isOrdered: true, times: new Map<string, number>() };
    const name = nameOf(author, id);
    const times = screen.times.get(name) ?? 0;
    if (times === 0 && this.#rows.get(name)?.draft.to === uid) this.shownCount += 1;
    screen.times.set(name, times + 1);
    screen.isOrdered &&= seq > screen.seq;
    screen.seq = seq;
    this.#screens.set(uid, screen);
  }

  isShown(author: string, id: string): boolean {
    const row = this.#rows.get(nameOf(author, id));
    return row !== undefined && this.#isShown(nameOf(author, id), row);
  }

  /** The drafts that were answered, each with the seq of the first answer. */
  acknowledgedDrafts(): readonly (Submission & { readonly seq: number })[] {
    return [...this.#rows.values()].flatMap(({ draft, seqs }) =>
      [...seqs].slice(0, 1).map((seq) => ({ ...draft, seq })),
    );
  }

  findings(): Findings {
    const rows = [...this.#rows];
    const named = (is: (row: Row, name: string) => boolean) =>
      rows.filter(([name, row]) => is(row, name)).map(([name]) => name);
    const screens = [...this.#screens];
    return {
      sent: rows.length,
      acknowledged: this.acknowledgedCount,
      stored: named((row) => row.isStored).length,
      delivered: this.deliveredCount,
      shown: this.shownCount,
      lost: named((row, name) => row.seqs.size > 0 && !(row.isStored && this.#isShown(name, row))),
      doubled: screens.flatMap(([uid, { times }]) =>
        [...times].filter(([, n]) => n > 1).map(([name, n]) => `${name} ×${n} at ${uid}`),
      ),
      reseated: named((row) => row.seqs.size > 1),
      disordered: screens.filter(([, { isOrdered }]) => !isOrdered).map(([uid]) => uid),
    };
  }

  /** One line under its heading, for the end of a run. */
  table(run: string): string {
    const { lost, doubled, reseated: _, disordered: __, ...counts } = this.findings();
    const cells = Object.entries({ ...counts, lost: lost.length, doubled: doubled.length });
    const width = (name: string, value: number) => Math.max(name.length, String(value).length);
    const line = (cell: (name: string, value: number) => string) =>
      cells.map(([name, value]) => cell(name, value).padStart(width(name, value))).join("  ");
    return `${run}\n  ${line((name) => name)}\n  ${line((_name, value) => String(value))}`;
  }

  #isShown(name: string, { draft: { to } }: Row): boolean {
    return this.#screens.get(to)?.times.has(name) ?? false;
  }
}

/** (author, id) names a draft for ever. */
export function nameOf(author: string, id: string): string {
  return `${author}/${id}`;
}
