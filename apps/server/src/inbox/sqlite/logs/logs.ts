import type { Seq } from "@carillon/protocol";
import type { Statements } from "../statements.ts";
import { type Flagged, Journal, type Note, Scribe } from "./journal.ts";
import { logIdIn, pageKey, pageText, PAGE_ROWS, rowsIn } from "./pages.ts";
import type { Row } from "./row.ts";
import { Damage, intact, sumOf } from "./sum.ts";
import { EMPTY, type Figures, UserLog } from "./user-log.ts";

/**
 * All logs. What a commit does to them is durable in the journal and known in memory; the tables learn of it later, log by log,
 * when a log has many changes to write at once: so an entry costs a line of text, and not its share of an index. Everything here
 * is a function of the tables and the journal, and can be read from them anew at any time.
 */
export class Logs {
  readonly #sql: Statements;
  readonly #mostTail: number;
  readonly #journal: Journal;
  /** At hand, those that were changed last at the end. */
  readonly #logs = new Map<string, UserLog>();
  /** What this transaction does to each log. */
  readonly #touched = new Map<UserLog, Scribe>();
  /** Logs of which the tables do not know everything, those that wait longest first. */
  readonly #waiting = new Map<UserLog, Waiting>();
  /** Characters of the journal that wait. */
  #tail = 0;
  /** Characters of all logs at hand. */
  #held = 0;
  #lastId: number;

  /** @param mostTail characters of the journal of which the tables need not know. */
  constructor(sql: Statements, mostTail = TAIL_CHARACTERS) {
    this.#sql = sql;
    this.#mostTail = mostTail;
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

  /** Puts it after the last one of its log. */
  add(log: UserLog, row: Row): void {
    log.put(row);
    this.#scribe(log).row(row);
  }

  /** Puts it in the place of the one with its seq. */
  rewrite(log: UserLog, row: Row): void {
    const isFlagged = log.row(row.seq)?.body === row.body;
    log.put(row);
    if (isFlagged) this.#scribe(log).flags(row);
    else this.#scribe(log).row(row);
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
    const notes = [...this.#touched].map(([log, scribe]) => ({ log, text: scribe.text(log) }));
    this.#journal.write(notes.map(({ text }) => text));
    for (const { log, text } of notes) this.#wait(log, n, text.length);
    this.#touched.clear();
    this.#settleUntil(this.#mostTail);
    if (this.#letGo() === "too much") this.#settleUntil(this.#tail * ROOMY);
  }

  /** Brings the tables up to what is written down. */
  settle(): void {
    this.#settleUntil(0);
  }

  #load(uid: string): UserLog | undefined {
    const row = this.#sql.user.get(uid);
    if (row === undefined) return undefined;
    this.#letGo();
    const { id, ...figures } = row as Figures & { id: number };
    return this.#begin(uid, id, figures);
  }

  #begin(uid: string, id: number, figures: Figures): UserLog {
    const read = (page: number) => this.#read(id, page);
    const log = new UserLog({ uid, id, figures, read, weigh: (characters) => (this.#held += characters) });
    this.#logs.set(uid, log);
    this.#lastId = Math.max(this.#lastId, id);
    return log;
  }

  #read(id: number, page: number): Row[] {
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

  #wait(log: UserLog, since: number, characters: number): void {
    const waiting = this.#waiting.get(log);
    this.#waiting.set(log, { since: waiting?.since ?? since, characters: (waiting?.characters ?? 0) + characters });
    this.#tail += characters;
  }

  #settleUntil(most: number): void {
    if (this.#tail <= most) return;
    for (const [log, { characters }] of this.#waiting) {
      if (this.#tail <= most) break;
      this.#settle(log);
      this.#waiting.delete(log);
      this.#tail -= characters;
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

  /**
   * What the tables know, too, need not be at hand: old pages go first, then whole logs. More than has to go does, so that this is
   * not looked for at each commit. The rest may still be too much.
   */
  #letGo(): "little enough" | "too much" {
    if (this.#isLittle(1)) return "little enough";
    for (const log of this.#logs.values()) {
      log.shorten();
      if (this.#isLittle(ROOMY)) return "little enough";
    }
    for (const log of this.#logs.values()) {
      if (this.#waiting.has(log) || this.#touched.has(log)) continue;
      this.#logs.delete(log.uid);
      log.letGo();
      if (this.#isLittle(ROOMY)) return "little enough";
    }
    return "too much";
  }

  /** @param part of what may be at hand */
  #isLittle(part: number): boolean {
    return this.#logs.size <= LOGS_AT_HAND * part && this.#held <= CHARACTERS_AT_HAND * part;
  }

  #replay(): void {
    const notes = [...this.#journal.read()];
    const last = new Map(notes.map(({ note }) => [note.uid, note.figures]));
    for (const { n, note } of notes) this.#replayNote(n, note, last.get(note.uid) ?? note.figures);
  }

  /** @param figures where the log stands at the end of the journal: rows that were given up by then have no place in it. */
  #replayNote(n: number, { uid, id, changes, drafts }: Note, figures: Figures): void {
    const log = this.find(uid) ?? this.#begin(uid, id, figures);
    log.figures = figures;
    for (const change of changes)
      if (change.seq > figures.floor) log.put("body" in change ? change : flagged(log, change));
    for (const [draft, seq] of drafts) if (seq > figures.floor) log.noteDraft(draft, seq);
    this.#wait(log, n, NOTE_CHARACTERS + sumOfLengths(changes) + NOTE_CHARACTERS * drafts.length);
  }
}

function flagged(log: UserLog, { seq, flags }: Flagged): Row {
  const row = log.row(seq);
  if (row === undefined) throw new Damage(`The journal speaks of an entry ${seq} of a log that does not hold it`);
  return { ...row, flags };
}

/** Since which commit a log waits, and with how many characters of the journal. */
type Waiting = { readonly since: number; readonly characters: number };

function sumOfLengths(changes: Note["changes"]): number {
  return changes.reduce((sum, change) => sum + ("body" in change ? change.body.length : 0), 0);
}

/** So many are read at a start, in a fraction of a second: some 20,000 lines of usual length. */
export const TAIL_CHARACTERS = 8_000_000;
/** Of the first line of a note, and of one for a draft, about. */
const NOTE_CHARACTERS = 60;
const LOGS_AT_HAND = 50_000;
/** The part of it that is left when some of it had to go. */
const ROOMY = 3 / 4;
/** At two bytes each where a text is not all Latin. */
const CHARACTERS_AT_HAND = 16_000_000;
