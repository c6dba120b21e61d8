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
  /** How many there were when this process last looked. */
  #last = 0;

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
    this.#last = now.commits;
    this.#sidecar.write(now);
    return lost > 0 ? lossOf(lost, store, now) : undefined;
  }

  /** One state of the store. @param forget as for a commit. */
  read<T>(act: () => T, forget: () => void): T {
    return transaction(this.#db, "BEGIN", () => {
      this.#sawAll(forget);
      return act();
    });
  }

  /**
   * Does what may change the store, in one transaction. When this returns it is durable, and the sidecar knows of it.
   * @param forget called when the store is not as this process left it: what it remembers of it may not be so.
   */
  commit<T>(act: () => T, forget: () => void): T {
    let isBegun = false;
    try {
      const { result, store } = transaction(this.#db, "BEGIN IMMEDIATE", () => {
        isBegun = true;
        this.#sawAll(forget);
        return this.#counted(act);
      });
      if (store !== undefined) this.#noted(store);
      return result;
    } catch (error) {
      if (isBegun) forget();
      throw error;
    }
  }

  /** Another process may have written to the store. */
  #sawAll(forget: () => void): void {
    const { commits } = this.#sql.store.get() as StoreRow;
    if (commits === this.#last) return;
    forget();
    this.#last = commits;
  }

  #noted(store: StoreRow): void {
    this.#last = store.commits;
    this.#sidecar.write(store);
  }

  /** What changes nothing is no commit: to count it would cost an fsync. */
  #counted<T>(act: () => T): { readonly result: T; readonly store: StoreRow | undefined } {
    const before = this.#rowsChanged();
    const result = act();
    const store = this.#rowsChanged() === before ? undefined : (this.#sql.raiseCommits.get(Date.now()) as StoreRow);
    return { result, store };
  }

  #rowsChanged(): unknown {
    return this.#sql.rowsChanged.get()?.["n"];
  }

  #reborn(): StoreRow {
    const store = this.#sql.setEpoch.get(nanoid()) as StoreRow; // One statement is a transaction of its own.
    // A write-ahead log that lost its tail once may do so again, and must not take the new epoch with it.
    this.#db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return store;
  }
}

function lossOf(lost: number, store: StoreRow, now: StoreRow): Finding {
  return {
    level: "error",
    message:
      "the store came back without its last commits, which had been durable: it goes on from an earlier state under a new epoch, " +
      "and every client starts over from a snapshot. What was revoked after lastChange may be good again: revoke it once more. " +
      "Look after its disk",
    facts: {
      commits: lost,
      oldEpoch: store.epoch,
      newEpoch: now.epoch,
      lastChange: store.changed === 0 ? "none" : new Date(store.changed).toISOString(),
    },
  };
}
