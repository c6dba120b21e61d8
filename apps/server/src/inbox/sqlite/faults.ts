import { Damage } from "./logs/sum.ts";

/** What `node:sqlite` throws when SQLite itself reports an error; `errcode` is SQLite's (extended) result code. */
type SqliteError = Error & { readonly code: "ERR_SQLITE_ERROR"; readonly errcode: number };

/** Another process holds the lock. */
export function isBusy(error: unknown): boolean {
  return isSqliteError(error) && primary(error) === BUSY;
}

/**
 * The store cannot serve, and what was asked for has not happened: locked, full, read-only, unwritable, not openable. Not so when
 * an fsync failed: then nobody knows what is on the disk, and asking again may be answered by a cache (P6). Nor when the file is
 * corrupt. Both end the process, and its next start looks at what is really there.
 */
export function isStoreFault(error: unknown): error is SqliteError {
  return isSqliteError(error) && STORE_FAULTS.has(primary(error)) && !FSYNC_FAULTS.has(error.errcode);
}

/** The file is not what SQLite wrote, or what we did, or not a database at all. */
export function isDamage(error: unknown): error is Error {
  return error instanceof Damage || (isSqliteError(error) && DAMAGE.has(primary(error)));
}

// Primary result codes, sqlite.org/rescode.html.
const BUSY = 5;
const DAMAGE = new Set([/* CORRUPT */ 11, /* NOTADB */ 26]);
const FSYNC_FAULTS = new Set([/* IOERR_FSYNC */ 1034, /* IOERR_DIR_FSYNC */ 1290]);
const STORE_FAULTS = new Set([
  BUSY,
  /* LOCKED */ 6,
  /* READONLY */ 8,
  /* IOERR */ 10,
  /* FULL */ 13,
  /* CANTOPEN */ 14,
]);

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR" && "errcode" in error;
}

function primary(error: SqliteError): number {
  return error.errcode & 0xff;
}
