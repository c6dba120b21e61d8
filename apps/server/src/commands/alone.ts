import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isBusy, isDamage } from "../inbox/sqlite/faults.ts";
import { OperatorError } from "./operator.ts";

/**
 * Does something while no hub can open the store at `file`, if there is one. Throws if a hub has it open. A file that is no
 * database any more is nobody's, and cannot be held.
 */
export async function whileAlone<T>(file: string, act: () => Promise<T>): Promise<T> {
  if (!existsSync(file)) return act();
  const db = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    hold(db, file);
    return await act();
  } finally {
    db.close();
  }
}

function hold(db: DatabaseSync, file: string): void {
  try {
    // Leaving the write-ahead log is possible only for somebody who is alone, and leaves one file.
    db.exec("PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    if (isBusy(error)) throw new OperatorError(`A hub has ${file} open. Stop it first.`);
    if (!isDamage(error)) throw error;
  }
}

/** Milliseconds that a backup of it may still take. */
const BUSY_MS = 1_000;
