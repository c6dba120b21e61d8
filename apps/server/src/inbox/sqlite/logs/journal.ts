import type { Seq } from "@carillon/protocol";
import type { Statements } from "../statements.ts";
import { lineOf, type Row, rowIn } from "./row.ts";
import { intact, sumOf } from "./sum.ts";
import type { Figures, UserLog } from "./user-log.ts";

/** What the journal says of one log: where it stood after the commit, what was put into it, in order, and its new drafts. */
export type Note = {
  readonly uid: string;
  readonly id: number;
  readonly figures: Figures;
  readonly changes: readonly (Row | Flagged)[];
  readonly drafts: readonly (readonly [id: string, seq: Seq])[];
};

/** Of a row that is there already, only this has changed: a third of all changes, and a twentieth of the text. */
export type Flagged = { readonly seq: Seq; readonly flags: number };

/**
 * What commits did to logs, one row a commit: appending to it is the cheapest durable write that there is. It says how things
 * stand, not what was done, so that reading any end of it again changes nothing.
 */
export class Journal {
  readonly #sql: Statements;
  #last: number;

  constructor(sql: Statements) {
    this.#sql = sql;
    this.#last = Number(sql.lastJournal.get()?.["n"] ?? 0);
  }

  /** The number of the next one. */
  get next(): number {
    return this.#last + 1;
  }

  write(notes: readonly string[]): void {
    this.#last += 1;
    const text = notes.join("\n");
    this.#sql.addJournal.run(this.#last, text, sumOf(text));
  }

  /** Everything that was not forgotten, in its order; `n`: of which commit. */
  *read(): Generator<{ readonly n: number; readonly note: Note }> {
    for (const { n, notes, sum } of this.#sql.journal.iterate()) {
      for (const note of notesIn(intact(`row ${Number(n)} of its journal`, notes, sum))) yield { n: Number(n), note };
    }
  }

  /** What stands before this one is in the tables. */
  forget(before: number): void {
    this.#sql.forgetJournal.run(before);
  }
}

/** What is noted of one log in one commit: a line that says whose it is and where it stands, then a line for each row and draft. */
export class Scribe {
  readonly #lines: string[] = [];

  row(row: Row): void {
    this.#lines.push(ROW + lineOf(row));
  }

  flags({ seq, flags }: Flagged): void {
    this.#lines.push(`${FLAGS}${seq} ${flags}`);
  }

  draft(id: string, seq: Seq): void {
    this.#lines.push(`${DRAFT}${seq} ${id}`);
  }

  text({ uid, id, figures: { head, acked, unseen, unread, floor } }: UserLog): string {
    const whose = LOG + JSON.stringify([uid, id, head, acked, unseen, unread, floor]);
    return this.#lines.length === 0 ? whose : `${whose}\n${this.#lines.join("\n")}`;
  }
}

// What the lines of a note begin with.
const LOG = "@";
const ROW = "+";
const FLAGS = "=";
const DRAFT = "!";

function* notesIn(text: string): Generator<Note> {
  for (const note of text.split(`\n${LOG}`)) yield noteIn(note.startsWith(LOG) ? note.slice(1) : note);
}

function noteIn(text: string): Note {
  const [whose = "", ...lines] = text.split("\n");
  const [uid, id, head, acked, unseen, unread, floor] = JSON.parse(whose) as [string, ...Six];
  return {
    uid,
    id,
    figures: { head, acked, unseen, unread, floor },
    changes: lines.filter((line) => !line.startsWith(DRAFT)).map(changeIn),
    drafts: lines.filter((line) => line.startsWith(DRAFT)).map(draftIn),
  };
}

type Six = [number, number, number, number, number, number];

function changeIn(line: string): Row | Flagged {
  if (line.startsWith(ROW)) return rowIn(line.slice(ROW.length));
  const [seq, flags] = line.slice(FLAGS.length).split(" ").map(Number);
  return { seq: seq ?? 0, flags: flags ?? 0 };
}

function draftIn(line: string): readonly [string, Seq] {
  const idAt = line.indexOf(" ") + 1;
  return [line.slice(idAt), Number(line.slice(DRAFT.length, idAt))];
}
