import type { Counts, Entry, Seq } from "@carillon/protocol";
import type { Growth } from "../../hub/ports.ts";
import { bodyOf, type DraftRow, type EntryRow, type UserRow } from "./rows.ts";
import type { Statements } from "./statements.ts";

/**
 * The logs as changes write them, synchronously, inside a transaction of the caller. It notes what grows, so that a change need
 * only say what happens.
 */
export class Book {
  readonly sql: Statements;
  #grown = new Map<string, Entry[]>();

  constructor(sql: Statements) {
    this.sql = sql;
  }

  user(uid: string): UserRow {
    return (this.sql.user.get(uid) as UserRow | undefined) ?? NOBODY;
  }

  entry(uid: string, seq: Seq): EntryRow | undefined {
    return this.sql.entry.get(uid, seq) as EntryRow | undefined;
  }

  draft(author: string, id: string): DraftRow | undefined {
    return this.sql.draft.get(author, id) as DraftRow | undefined;
  }

  /** Adds one entry to the end of a log; `flags`: what is to be said of it from the beginning. */
  grow<E extends Entry>(uid: string, make: (seq: Seq) => E, flags = 0): E {
    const seq = Number(this.sql.raiseHead.get(uid)?.["head"]);
    const entry = make(seq);
    this.sql.addEntry.run(uid, seq, entry.kind, flags, stored(entry));
    const grown = this.#grown.get(uid);
    if (grown === undefined) this.#grown.set(uid, [entry]);
    else grown.push(entry);
    return entry;
  }

  count(uid: string, unseen: number, unread: number): void {
    if (unseen !== 0 || unread !== 0) this.sql.count.run(unseen, unread, uid);
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

const NOBODY: UserRow = { head: 0, acked: 0, unseen: 0, unread: 0, floor: 0 };

/** The state of a draft stands in its own row. */
function stored(entry: Entry): string {
  if (entry.kind !== "sent") return bodyOf(entry);
  const { state: _state, ...sent } = entry;
  return bodyOf(sent as Entry);
}
