import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { check, refuseEmpty, sound } from "./damage.ts";
import { migrate } from "./schema.ts";

/** Opens (or makes) the database file with the settings that the promises rest on. Throws with what the operator has to know. */
export function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  refuseEmpty(file);
  const db = new DatabaseSync(file, { timeout: BUSY_MS });
  sound(file, db, () => {
    refuseOldSqlite(db);
    // A transaction is durable when COMMIT returns: the WAL is fsynced at each (P6).
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    db.exec(`PRAGMA journal_size_limit = ${WAL_BYTES}`);
    migrate(db);
    check(file, db);
  });
  return db;
}

/** What a long reader made the WAL grow to is given back at the first checkpoint after it. */
const WAL_BYTES = 16 * 1024 * 1024;

/** Milliseconds that one attempt waits for another process's lock; between attempts the worker serves readers. */
const BUSY_MS = 50;

/** Before 3.51.3 a WAL that is reset while it is being read can lose a commit (sqlite.org/wal.html, "WAL-reset bug"). */
function refuseOldSqlite(db: DatabaseSync): void {
  const version = String(db.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  if (numeric(version) < numeric("3.51.3"))
    throw new Error(`SQLite ${version} is too old: at least 3.51.3 is needed. Use a newer Node.`);
}

function numeric(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return major * 1_000_000 + minor * 1_000 + patch;
}
