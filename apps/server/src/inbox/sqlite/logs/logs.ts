import type { Seq } from "@carillon/protocol";
import type { Statements } from "../statements.ts";
import { Journal, type Note, Scribe } from "./journal.ts";
import { logIdIn, pageKey, pageText, PAGE_ROWS, rowsIn } from "./pages.ts";
import type { Row } from "./row.ts";
import { sumOf, intact } from "./sum.ts";
import { EMPTY, type Figures, UserLog } from "./user-log.ts";

/**
 * All logs. What a commit does to them is durable in the journal and known in memory; the tables learn of it later, log by log,
 * when a log has many changes to write at once: so an entry costs a line of text, and not its share of an index. Everything here
 * is a function of the tables and the journal, and can be read from them anew at any time.
 */
export class Logs {
  readonly #sql: Statements;
  readonly #tailLines: number;
  readonly #journal: Journal;
  /** At hand, those that were changed last at the end. */
  readonly #logs = new Map<string, UserLog>();
  /** What this transaction does to each log. */
  readonly #touched = new Map<UserLog, Scribe>();
  /** Logs of which the tables do not know everything, those that wait longest first. */
  readonly #waiting = new Map<UserLog, Waiting>();
  /** Lines that wait. */
  #tail = 0;
  #held = 0;
  #lastId: number;

  /** @param tailLines lines of the journal of which the tables need not know. */
  constructor(sql: Statements, tailLines = TAIL_LINES) {
    this.#sql = sql;
    this.#tailLines = tailLines;
    this.#journal = new Journal(sql);
    this.#lastId = logIdIn(Number(sql.lastPage.get()?.["n"] ?? 0));
    this.#replay();
  }

  /** Undefined for a user to whom nothing has happened. */
  find(uid: string): UserLog | undefined {
    return this.#logs.get(uid) ?? this.#load(uid);
  }

  /** The user's log, which begins if there is none. */
  of(uid: string): UserLog {
    return this.find(uid) ?? this.#begin(uid, this.#lastId + 1, EMPTY);
  }

  put(log: UserLog, row: Row): void {
    log.put(row);
    this.#scribe(log).row(row);
  }

  setFigures(log: UserLog, figures: Partial<Figures>): void {
    log.figures = { ...log.figures, ...figures };
    this.#scribe(log);
  }

  noteDraft(log: UserLog, id: string, seq: Seq): void {
    log.noteDraft(id, seq);
    this.#scribe(log).draft(id, seq);
  }

  seqOfDraft(log: UserLog, id: string): Seq | undefined {
    const seq = log.newDraft(id) ?? this.#sql.draft.get(log.id, id)?.["seq"];
    return seq === undefined ? undefined : Number(seq);
  }

  giveUp(log: UserLog, upTo: Seq): void {
    log.giveUp(upTo);
    this.#scribe(log);
    this.#sql.removePages.run(pageKey(log.id, 0), pageKey(log.id, Math.floor(upTo / PAGE_ROWS)));
  }

  /** Writes down what was done since the last time: once the transaction is durable, so is that. */
  write(): void {
    if (this.#touched.size === 0) return;
    const n = this.#journal.next;
    this.#journal.write([...this.#touched].map(([log, scribe]) => scribe.text(log)));
    for (const [log, { length }] of this.#touched) this.#wait(log, n, length + 1);
    this.#touched.clear();
    this.#settleUntil(this.#tailLines);
    this.#letGo();
  }

  /** Brings the tables up to what is written down. */
  settle(): void {
    this.#settleUntil(0);
  }

  #load(uid: string): UserLog | undefined {
    const row = this.#sql.user.get(uid);
    if (row === undefined) return undefined;
    const { id, ...figures } = row as Figures & { id: number };
    return this.#begin(uid, id, figures);
  }

  #begin(uid: string, id: number, figures: Figures): UserLog {
    const log = new UserLog(uid, id, figures, (page) => this.#read(id, page));
    this.#logs.set(uid, log);
    this.#lastId = Math.max(this.#lastId, id);
    return log;
  }

  #read(id: number, page: number): Row[] {
    this.#held += PAGE_ROWS;
    const key = pageKey(id, page);
    const kept = this.#sql.page.get(key);
    return kept === undefined ? [] : rowsIn(intact(`page ${key} of its logs`, kept["rows"], kept["sum"]));
  }

  #scribe(log: UserLog): Scribe {
    const known = this.#touched.get(log);
    if (known !== undefined) return known;
    const scribe = new Scribe();
    this.#touched.set(log, scribe);
    this.#logs.delete(log.uid);
    this.#logs.set(log.uid, log);
    return scribe;
  }

  #wait(log: UserLog, since: number, lines: number): void {
    const waiting = this.#waiting.get(log);
    this.#waiting.set(log, { since: waiting?.since ?? since, lines: (waiting?.lines ?? 0) + lines });
    this.#tail += lines;
  }

  #settleUntil(lines: number): void {
    if (this.#tail <= lines) return;
    for (const [log, waiting] of this.#waiting) {
      if (this.#tail <= lines) break;
      this.#settle(log);
      this.#waiting.delete(log);
      this.#tail -= waiting.lines;
    }
    const [first] = this.#waiting.values();
    this.#journal.forget(first?.since ?? this.#journal.next);
  }

  #settle(log: UserLog): void {
    const { uid, id, figures } = log;
    const { head, acked, unseen, unread, floor } = figures;
    this.#sql.putUser.run(uid, id, head, acked, unseen, unread, floor);
    for (const [page, rows] of log.changedPages()) {
      const text = pageText(rows);
      this.#sql.putPage.run(pageKey(id, page), text, sumOf(text));
    }
    for (const [draft, seq] of log.newDrafts) this.#sql.addDraft.run(id, draft, seq);
    log.settled();
  }

  /** What the tables know, too, need not be at hand. */
  #letGo(): void {
    if (this.#logs.size <= LOGS_AT_HAND && this.#held <= ROWS_AT_HAND) return;
    for (const log of this.#logs.values()) {
      if (this.#logs.size <= LOGS_AT_HAND && this.#held <= ROWS_AT_HAND) return;
      if (this.#waiting.has(log)) continue;
      this.#logs.delete(log.uid);
      this.#held -= log.held;
    }
  }

  #replay(): void {
    const notes = [...this.#journal.read()];
    const last = new Map(notes.map(({ note }) => [note.uid, note.figures]));
    for (const { n, note } of notes) this.#replayNote(n, note, last.get(note.uid) ?? note.figures);
  }

  /** @param figures where the log stands at the end of the journal: rows that were given up by then have no place in it. */
  #replayNote(n: number, { uid, id, rows, drafts }: Note, figures: Figures): void {
    const log = this.find(uid) ?? this.#begin(uid, id, figures);
    log.figures = figures;
    for (const row of rows) if (row.seq > figures.floor) log.put(row);
    for (const [draft, seq] of drafts) if (seq > figures.floor) log.noteDraft(draft, seq);
    this.#wait(log, n, rows.length + drafts.length + 1);
  }
}

/** Since which commit a log waits, and with how many lines of the journal. */
type Waiting = { readonly since: number; readonly lines: number };

/** So many are read at a start, in a fraction of a second. */
export const TAIL_LINES = 20_000;
const LOGS_AT_HAND = 50_000;
/** Entries. */
const ROWS_AT_HAND = 200_000;
