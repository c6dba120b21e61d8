import type { DatabaseSync } from "node:sqlite";
import { nanoid } from "nanoid";
import type { Finding } from "./calls.ts";
import type { StoreRow } from "./rows.ts";
import type { Sidecar } from "./sidecar.ts";
import type { Statements } from "./statements.ts";
import { transaction } from "./transaction.ts";

/** Commits to the store, and counts what it commits in two places, so that a store which lost some is known by it (P29). */
export class Commits {
  readonly #db: DatabaseSync;
  readonly #sql: Statements;
  readonly #sidecar: Sidecar;

  constructor(db: DatabaseSync, sql: Statements, sidecar: Sidecar) {
    this.#db = db;
    this.#sql = sql;
    this.#sidecar = sidecar;
  }

  /**
   * To be called at a start, before anybody learns the epoch. If the sidecar saw more commits of this incarnation than the store
   * has, the last ones are lost and their seqs will be given a second time: so it gets a new epoch, and what happened is returned.
   */
  settle(): Finding | undefined {
    // Before the store: a commit of another process in between must not look like a loss.
    const seen = this.#sidecar.read();
    const store = this.#sql.store.get() as StoreRow;
    const lost = seen?.epoch === store.epoch ? seen.commits - store.commits : 0;
    const now = lost > 0 ? this.#reborn() : store;
    this.#sidecar.write(now);
    return lost > 0 ? lossOf(lost, store.epoch, now.epoch, this.#lastChange()) : undefined;
  }

  /** Does what may change the store, in one transaction. When this returns it is durable, and the sidecar knows of it. */
  commit<T>(act: () => T): T {
    const { result, store } = transaction(this.#db, "BEGIN IMMEDIATE", () => this.#counted(act));
    if (store !== undefined) this.#sidecar.write(store);
    return result;
  }

  /** What changes nothing is no commit: to count it would cost an fsync. */
  #counted<T>(act: () => T): { readonly result: T; readonly store: StoreRow | undefined } {
    const before = this.#rowsChanged();
    const result = act();
    const store = this.#rowsChanged() === before ? undefined : (this.#sql.raiseCommits.get() as StoreRow);
    return { result, store };
  }

  #rowsChanged(): unknown {
    return this.#sql.rowsChanged.get()?.["n"];
  }

  #lastChange(): string {
    const at = this.#sql.lastChange.get()?.["at"];
    return typeof at === "number" ? new Date(at).toISOString() : "none";
  }

  #reborn(): StoreRow {
    const store = this.#sql.setEpoch.get(nanoid()) as StoreRow; // One statement is a transaction of its own.
    // A write-ahead log that lost its tail once may do so again, and must not take the new epoch with it.
    this.#db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return store;
  }
}

function lossOf(commits: number, oldEpoch: string, newEpoch: string, lastChange: string): Finding {
  return {
    level: "error",
    message:
      "the store came back without its last commits, which had been durable: it goes on from an earlier state under a new epoch, " +
      "and every client starts over from a snapshot. What was revoked after lastChange may be good again: revoke it once more. " +
      "Look after its disk",
    facts: { commits, oldEpoch, newEpoch, lastChange },
  };
}
