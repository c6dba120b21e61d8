import type { Counts, Entry, Seq } from "@carillon/protocol";
import type { Growth } from "../../hub/ports.ts";
import { type Written, written } from "../../hub/written.ts";
import type { Logs } from "./logs/logs.ts";
import type { Row } from "./logs/row.ts";
import { EMPTY, type Figures } from "./logs/user-log.ts";
import { bodyOf, type Kept } from "./rows.ts";
import type { Statements } from "./statements.ts";

/** `kept`: what only the store makes something of. */
type Growing = { readonly flags?: number; readonly kept?: Kept };

/**
 * The logs as changes write them, synchronously, inside a transaction of the caller. It notes what grows, so that a change need
 * only say what happens.
 */
export class Book {
  /** For what is kept beside the logs. */
  readonly sql: Statements;
  readonly #logs: Logs;
  #grown = new Map<string, Written[]>();

  constructor(sql: Statements, logs: Logs) {
    this.sql = sql;
    this.#logs = logs;
  }

  user(uid: string): Figures {
    return this.#logs.find(uid)?.figures ?? EMPTY;
  }

  entry(uid: string, seq: Seq): Row | undefined {
    return this.#logs.find(uid)?.row(seq);
  }

  /** Entries after `after` up to `upTo`, oldest first. */
  entries(uid: string, after: Seq, upTo: Seq): Iterable<Row> {
    return this.#logs.find(uid)?.rows(after, upTo) ?? [];
  }

  /** Entries before `before`, newest first. */
  entriesBackwards(uid: string, before: Seq): Iterable<Row> {
    return this.#logs.find(uid)?.backwards(before) ?? [];
  }

  /** The author's copy of a draft, by the draft's id. */
  draft(author: string, id: string): Row | undefined {
    const log = this.#logs.find(author);
    const seq = log && this.#logs.seqOfDraft(log, id);
    return seq === undefined ? undefined : log?.row(seq);
  }

  /** Adds one entry to the end of a log, with what is to be said of it from the beginning. */
  grow<E extends Entry>(uid: string, make: (seq: Seq) => E, { flags = 0, kept }: Growing = {}): E {
    const log = this.#logs.of(uid);
    const seq = log.figures.head + 1;
    const entry = make(seq);
    const text = written(entry);
    this.#logs.setFigures(log, { head: seq });
    this.#logs.add(log, { seq, kind: entry.kind, flags, body: bodyOf(text, kept) });
    if (entry.kind === "sent") this.#logs.noteDraft(log, entry.id, seq);
    const grown = this.#grown.get(uid);
    if (grown === undefined) this.#grown.set(uid, [text]);
    else grown.push(text);
    return entry;
  }

  /** Puts a row in the place of the one with its seq. */
  rewrite(uid: string, row: Row): void {
    this.#logs.rewrite(this.#logs.of(uid), row);
  }

  count(uid: string, unseen: number, unread: number): void {
    if (unseen === 0 && unread === 0) return;
    const log = this.#logs.of(uid);
    const { figures } = log;
    this.#logs.setFigures(log, { unseen: figures.unseen + unseen, unread: figures.unread + unread });
  }

  setAcked(uid: string, acked: Seq): void {
    this.#logs.setFigures(this.#logs.of(uid), { acked });
  }

  giveUp(uid: string, upTo: Seq): void {
    this.#logs.giveUp(this.#logs.of(uid), upTo);
  }

  forgetDraft(author: string, id: string): void {
    const log = this.#logs.find(author);
    if (log !== undefined) this.sql.removeDraft.run(log.id, id);
  }

  /** Brings the tables up to what is written down: for a question that only they can answer. */
  settle(): void {
    this.#logs.settle();
  }

  /** Who has grown since the last harvest. */
  grown(): readonly string[] {
    return [...this.#grown.keys()];
  }

  /** What has grown since the last harvest, one growth a user. */
  harvest(): readonly Growth[] {
    const growth = [...this.#grown].map(([uid, entries]) => ({ uid, entries, counts: this.counts(uid) }));
    this.#grown = new Map();
    return growth;
  }

  counts(uid: string): Counts {
    const { head, unseen, unread } = this.user(uid);
    return { unseen, unread, asOf: head };
  }
}
