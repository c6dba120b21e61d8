import type { HistoryKind, Seq, Snapshot } from "@carillon/protocol";
import { limits } from "@carillon/protocol";
import type { Bearing, Change, History, OutcomeOf, Pages, Standing, Start } from "../../hub/ports.ts";
import { Book } from "./book.ts";
import type { Write } from "./calls.ts";
import { acknowledge } from "./changes/acknowledge.ts";
import { append } from "./changes/append.ts";
import { lapse } from "./changes/lapse.ts";
import { mark } from "./changes/mark.ts";
import { mute, mutesOf } from "./changes/mute.ts";
import { quiet, quietOf } from "./changes/quiet.ts";
import { edit, retract } from "./changes/rewrite.ts";
import { snooze } from "./changes/snooze.ts";
import type { Bounds } from "../bounds.ts";
import { expire, trimGrown } from "./changes/trim.ts";
import { isRevoked, revoke } from "./revoked.ts";
import { ARCHIVED, GONE } from "../flags.ts";
import { Logs, TAIL_CHARACTERS } from "./logs/logs.ts";
import type { Row } from "./logs/row.ts";
import { notificationOf, sentOf, type StoreRow, writtenOf } from "./rows.ts";
import type { Statements } from "./statements.ts";

/**
 * The logs in one SQLite database, synchronously. Every call must run inside a transaction of the caller, which says when it is
 * durable, and that a reader sees one state.
 */
export class SqliteLog {
  #logs: Logs;
  #book: Book;
  readonly #sql: Statements;
  readonly #epoch: string;
  readonly #bounds: Bounds;
  readonly #mostTail: number;

  constructor(sql: Statements, bounds: Bounds, mostTail = TAIL_CHARACTERS) {
    this.#logs = new Logs(sql, mostTail);
    this.#book = new Book(sql, this.#logs);
    this.#sql = sql;
    this.#epoch = (sql.store.get() as StoreRow).epoch;
    this.#bounds = bounds;
    this.#mostTail = mostTail;
  }

  /** Makes these changes; all of them are durable when the transaction is. */
  commit(changes: readonly Write[]): readonly OutcomeOf<Change>[] {
    const outcomes = changes.map((change) => this.#apply(change));
    this.#logs.write();
    return outcomes;
  }

  /** To be called when a transaction came to nothing, or another process wrote to the database: what stands in memory is not so. */
  reload(): void {
    this.#logs = new Logs(this.#sql, this.#mostTail);
    this.#book = new Book(this.#sql, this.#logs);
  }

  #apply(change: Write): OutcomeOf<Change> {
    const outcome = this.#change(change);
    trimGrown(this.#book, this.#bounds, change.at);
    const growth = this.#book.harvest();
    if (outcome.outcome === "stored") return { ...outcome, growth };
    return outcome.outcome === "done" ? { ...outcome, growth } : outcome;
  }

  read(uid: string, after: Seq, limit: number): Pages {
    const rows = [...this.#book.entries(uid, after, after + limit)];
    return { entries: rows.map(writtenOf), counts: this.#book.counts(uid) };
  }

  open(uid: string, start: Start): Standing {
    const { head, acked, floor, unseen, unread } = this.#book.user(uid);
    const counts = { unseen, unread, asOf: head };
    const standing = (at: Seq) => ({ position: { epoch: this.#epoch, seq: at }, head, counts });
    if (start.from === "acked") return standing(Math.max(acked, floor));
    if (start.from === "position" && this.#isResumable(start.position, head, floor))
      return standing(start.position.seq);
    return { ...standing(head), snapshot: this.#snapshot(uid, head, acked) };
  }

  drafts(author: string, prefix: string, after: string, limit: number): readonly string[] {
    const log = this.#logs.find(author);
    if (log === undefined) return [];
    const [first, end] = [prefix + after, prefix + LAST];
    const settled = this.#sql.draftIds.all(log.id, first, end, limit).map(({ id }) => String(id));
    const others = [...log.newDrafts.keys()].filter((id) => id > first && id < end);
    return [...new Set([...settled, ...others])].toSorted().slice(0, limit);
  }

  page(uid: string, of: HistoryKind, before: Seq, limit: number): History {
    const items = this.#newest(uid, of, before, limit + 1);
    return { items: items.slice(-limit), end: items.length <= limit };
  }

  isRevoked(bearing: Bearing): boolean {
    return isRevoked(this.#sql, bearing);
  }

  #change(change: Write) {
    const book = this.#book;
    switch (change.op) {
      case "append":
        return append(book, change);
      case "acknowledge":
        return { outcome: "done", ...acknowledge(book, change) } as const;
      case "mark":
        return { outcome: "done", ...mark(book, change) } as const;
      case "snooze":
        return done(snooze(book, change));
      case "mute":
        return mute(book, change);
      case "quiet":
        return done(quiet(book, change));
      case "retract":
        return retract(book, change);
      case "edit":
        return edit(book, change);
      case "lapse":
        return { outcome: "done", ...lapse(book, change) } as const;
      case "expire":
        return { outcome: "done", ...expire(book, change) } as const;
      case "revoke":
        return done(revoke(this.#sql, change));
      default:
        return change satisfies never;
    }
  }

  /** P8: the same incarnation, not from the future, not given up, and no more than the recovery cap behind. */
  #isResumable({ epoch, seq }: { epoch: string; seq: Seq }, head: Seq, floor: Seq): boolean {
    return epoch === this.#epoch && seq >= floor && seq <= head && head - seq <= limits.recoveryEntries;
  }

  #snapshot(uid: string, head: Seq, acked: Seq): Snapshot {
    if (head === 0) return NOTHING; // Nothing has happened to them, so that nothing need be looked for.
    const quietTime = quietOf(this.#book, uid);
    const newest = (kind: HistoryKind) => this.#newest(uid, kind, head + 1, limits.snapshotItems);
    return {
      notifications: newest("notification").filter((item) => item.kind === "notification"),
      sent: newest("sent").filter((item) => item.kind === "sent"),
      acked,
      mutes: mutesOf(this.#book, uid),
      ...(quietTime !== undefined && { quiet: quietTime }),
    };
  }

  #newest(uid: string, kind: HistoryKind, before: Seq, limit: number): History["items"] {
    const rows: Row[] = [];
    for (const row of this.#book.entriesBackwards(uid, before)) {
      if (rows.length === limit) break;
      if (isOf(row, kind)) rows.push(row);
    }
    return rows.toReversed().map((row) => (kind === "sent" ? sentOf(row) : notificationOf(row)));
  }
}

function isOf({ kind, flags }: Row, wanted: HistoryKind): boolean {
  if (wanted === "sent") return kind === "sent";
  return kind === "notification" && !(flags & GONE) && (wanted === "notification" || (flags & ARCHIVED) !== 0);
}

const NOTHING: Snapshot = { notifications: [], sent: [], acked: 0, mutes: [] };

/** Comes after every character of an id. */
const LAST = "\u007f";

function done(_changed: void): { outcome: "done" } {
  return { outcome: "done" };
}
