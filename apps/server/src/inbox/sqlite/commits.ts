import type { DatabaseSync } from "node:sqlite";
import { nanoid } from "nanoid";
import type { Finding } from "./calls.ts";
import type { StoreRow } from "./rows.ts";
import type { Sidecar } from "./sidecar.ts";
import type { Statements } from "./statements.ts";

/**
 * To be called inside a write transaction: does what may change the store, and counts it if it did. `store` is then what the
 * sidecar is to be told once this is durable. What changes nothing is no commit, and costs no fsync.
 */
export function counted<T>(
  sql: Statements,
  act: () => T,
): { readonly result: T; readonly store: StoreRow | undefined } {
  const before = rowsChanged(sql);
  const result = act();
  const store = rowsChanged(sql) === before ? undefined : (sql.raiseCommits.get() as StoreRow);
  return { result, store };
}

/**
 * Decides at a start whether the store is still the incarnation that it was. If the sidecar saw more commits of it, the last ones
 * are lost and their seqs will be given a second time: so it gets a new epoch, and what happened is returned (P29).
 */
export function settleIncarnation(db: DatabaseSync, sql: Statements, sidecar: Sidecar): Finding | undefined {
  // Before the store: a commit of another process in between must not look like a loss.
  const seen = sidecar.read();
  const store = sql.store.get() as StoreRow;
  const lost = seen?.epoch === store.epoch ? seen.commits - store.commits : 0;
  const now = lost > 0 ? reborn(db, sql) : store;
  sidecar.write(now);
  return lost > 0 ? lossOf(lost, store.epoch, now.epoch) : undefined;
}

function rowsChanged(sql: Statements): unknown {
  return sql.rowsChanged.get()?.["n"];
}

function reborn(db: DatabaseSync, sql: Statements): StoreRow {
  const store = sql.setEpoch.get(nanoid()) as StoreRow; // One statement: a transaction of its own.
  // A write-ahead log that lost its tail once may do so again, and must not take the new epoch with it.
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  return store;
}

function lossOf(commits: number, oldEpoch: string, newEpoch: string): Finding {
  return {
    level: "error",
    message:
      "the store came back without its last commits, which it had said were durable: it goes on from an earlier state " +
      "under a new epoch, so that every client starts over from a snapshot. Look after its disk",
    facts: { commits, oldEpoch, newEpoch },
  };
}
