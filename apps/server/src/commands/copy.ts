import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { nanoid } from "nanoid";
import { isDamage } from "../inbox/sqlite/faults.ts";
import { Logs } from "../inbox/sqlite/logs/logs.ts";
import { Damage, intact } from "../inbox/sqlite/logs/sum.ts";
import { storeParts } from "../inbox/sqlite/parts.ts";
import { migrate } from "../inbox/sqlite/schema.ts";
import { prepare } from "../inbox/sqlite/statements.ts";
import { transaction } from "../inbox/sqlite/transaction.ts";
import { OperatorError } from "./operator.ts";

/** What a store holds. */
export type Holding = { readonly users: number; readonly entries: number };

/**
 * Copies a store, also while a hub writes to it, and makes the copy an incarnation of its own (P29): one file, verified and on
 * the disk when this resolves. Until then, and if it fails, there is nothing at `target`.
 */
export async function copyStore(source: string, target: string): Promise<Holding> {
  const partial = `${target}.partial`;
  if (!existsSync(dirname(target))) throw new OperatorError(`There is no folder ${dirname(target)}.`);
  await removeStore(partial);
  try {
    await copyPages(source, partial);
    const holding = reborn(partial, source);
    await synced(partial);
    await rename(partial, target);
    await synced(dirname(target));
    return holding;
  } catch (error) {
    await removeStore(partial);
    throw error;
  }
}

/** For people: `3 users, 120 entries`. */
export function sentence({ users, entries }: Holding): string {
  return `${users} ${users === 1 ? "user" : "users"}, ${entries} ${entries === 1 ? "entry" : "entries"}`;
}

async function copyPages(source: string, target: string): Promise<void> {
  if (!existsSync(source)) throw new OperatorError(`There is no store at ${source}.`);
  const db = new DatabaseSync(source, { readOnly: true, timeout: BUSY_MS });
  try {
    refuseStranger(db, source);
    // All pages in one step, so that all are of one moment: between steps another process's write would start it over.
    await backup(db, target, { rate: ALL_PAGES });
  } finally {
    db.close();
  }
}

/** Verifies the copy, brings its tables up to its journal, and gives it a new name. */
function reborn(copy: string, source: string): Holding {
  const db = new DatabaseSync(copy);
  try {
    const verdict = value(db, "PRAGMA integrity_check");
    if (verdict !== "ok") throw new OperatorError(`${source} is damaged: ${String(verdict)}`);
    migrate(db);
    const sql = prepare(db);
    transaction(db, "BEGIN IMMEDIATE", () => {
      new Logs(sql).settle();
      sql.setEpoch.get(nanoid());
    });
    for (const { n, rows, sum } of sql.pages.iterate()) intact(`page ${Number(n)} of its logs`, rows, sum);
    db.exec("PRAGMA journal_mode = DELETE"); // One file that needs no other beside it.
    // A hub's own log is no user's.
    const ofUsers = (what: string) => Number(value(db, `SELECT ${what} FROM user WHERE uid >= ' '`));
    return { users: ofUsers("count(*)"), entries: ofUsers("coalesce(sum(head - floor), 0)") };
  } catch (error) {
    if (error instanceof Damage) throw new OperatorError(`${source} is damaged: ${error.message}`);
    throw error;
  } finally {
    db.close();
  }
}

function refuseStranger(db: DatabaseSync, file: string): void {
  const known = readable(() =>
    value(db, "SELECT count(*) FROM sqlite_schema WHERE name IN ('store', 'user', 'draft')"),
  );
  if (known === undefined) throw new OperatorError(`${file} is not a database, or it is damaged.`);
  if (known !== 3) throw new OperatorError(`${file} is not a store of Carillon.`);
}

/** Undefined if SQLite cannot make sense of the file. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

function value(db: DatabaseSync, sql: string): unknown {
  return Object.values(db.prepare(sql).get() ?? {})[0];
}

/** What was written to this file or folder is on the disk. */
export async function synced(path: string): Promise<void> {
  const file = await open(path);
  await file.sync();
  await file.close();
}

async function removeStore(file: string): Promise<void> {
  for (const part of storeParts(file)) await rm(part, { force: true });
}

/** Milliseconds that a copy waits for a lock. */
const BUSY_MS = 10_000;
const ALL_PAGES = 2 ** 31 - 1;
