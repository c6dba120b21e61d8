import { existsSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { isDamage } from "./faults.ts";

/**
 * A file that holds nothing was most likely a store once, and SQLite would quietly begin anew on it. (A first start that was
 * killed in its first instant leaves one too; the message says what to do then.)
 */
export function refuseEmpty(file: string): void {
  if (existsSync(file) && statSync(file).size === 0)
    throw new Error(`${file} is empty. If it was a store, put a backup in its place (${RESTORE}); if not, remove it.`);
}

/** Does what opens a store; what SQLite finds damaged on the way is told in the operator's terms. */
export function sound<T>(file: string, db: DatabaseSync, open: () => T): T {
  try {
    return open();
  } catch (error) {
    db.close();
    throw isDamage(error) ? damaged(file, error.message, error) : error;
  }
}

/** Throws if SQLite finds a fault in a file that is not too long for the search. */
export function check(file: string, db: DatabaseSync): void {
  if (statSync(file).size > CHECKED_BYTES) return;
  const verdict = String(db.prepare("PRAGMA quick_check(1)").get()?.["quick_check"]);
  if (verdict !== "ok") throw damaged(file, verdict);
}

function damaged(file: string, how: string, cause?: unknown): Error {
  return new Error(`${file} is damaged (${how}). Put a backup in its place: ${RESTORE}.`, { cause });
}

/** A store up to this size is looked through at each start, which takes a second or so; in a larger one, damage is found when it is met. */
const CHECKED_BYTES = 256 * 1024 * 1024;

const RESTORE = "pnpm restore BACKUP --replace";
