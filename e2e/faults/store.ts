import { copyFile, rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { type Ledger, nameOf } from "./ledger.ts";
import { linesIn } from "./pages.ts";

/** What lies on the disk, read with SQLite alone. */
export type Store = {
  readonly epoch: string;
  readonly schema: number;
  /** How many commits it says it has had; 0 before schema 3. */
  readonly commits: number;
  /** SQLite's own word: `ok`, or what is wrong. */
  readonly integrity: string;
  /** Per uid, the seqs of its log in order. */
  readonly logs: ReadonlyMap<string, readonly number[]>;
  /** The stored drafts, `author/id`, with the seq of the author's copy. */
  readonly drafts: ReadonlyMap<string, number>;
};

/** Reads a store that nobody writes to now. A copy is read, so that a log that is left to recover stays as it is. */
export async function readStore(file: string): Promise<Store> {
  const copy = `${file}.read`;
  await copyFile(file, copy);
  await copyFile(`${file}-wal`, `${copy}-wal`).catch(() => {}); // A hub that was stopped leaves none.
  const db = new DatabaseSync(copy);
  try {
    return storeIn(db);
  } finally {
    db.close();
    for (const end of ["", "-wal", "-shm"]) await rm(copy + end, { force: true });
  }
}

/** Users whose log is not 1, 2, 3, … up to its head. */
export function brokenLogs({ logs }: Store): readonly string[] {
  return [...logs].filter(([, seqs]) => seqs.some((seq, n) => seq !== n + 1)).map(([uid]) => uid);
}

/** Writes down in the ledger which drafts are stored. */
export function book(store: Store, ledger: Ledger): void {
  for (const name of store.drafts.keys()) {
    const slash = name.lastIndexOf("/");
    ledger.stored(name.slice(0, slash), name.slice(slash + 1));
  }
}

function storeIn(db: DatabaseSync): Store {
  const one = (sql: string) => String(Object.values(db.prepare(sql).get() ?? {})[0]);
  const schema = Number(one("PRAGMA user_version"));
  const logs = new Map<string, number[]>();
  const drafts = new Map<string, number>();
  for (const { uid, seq, kind, body } of schema < 7 ? rowsIn(db) : linesIn(db)) {
    if (uid < " ") continue; // A hub's own log, which begins with a control character, is no user's: it is kept short.
    const seqs = logs.get(uid) ?? [];
    logs.set(uid, seqs);
    seqs.push(seq);
    if (kind === "sent") drafts.set(nameOf(uid, idIn(body)), seq);
  }
  return {
    epoch: one("SELECT epoch FROM store"),
    schema,
    commits: schema < 3 ? 0 : Number(one("SELECT commits FROM store")),
    integrity: one("PRAGMA integrity_check"),
    logs,
    drafts,
  };
}

type Kept = { readonly uid: string; readonly seq: number; readonly kind: string; readonly body: string };

function rowsIn(db: DatabaseSync): readonly Kept[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- rows leave the database.
  return db.prepare("SELECT uid, seq, kind, body FROM entry ORDER BY uid, seq").all() as Kept[];
}

function idIn(body: string): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a row leaves the database.
  return (JSON.parse(body) as { id: string }).id;
}
