import { DatabaseSync } from "node:sqlite";

/**
 * Copies all rows that name a user of the first hundred (`u0000…`) for the next hundred, and so on, until there are so many hundreds.
 * It knows nothing of the tables but that names are texts, and that a number which names a row is given by SQLite. Yields the share
 * that is done.
 */
export function* multiply(file: string, hundreds: number): Generator<number> {
  const db = new DatabaseSync(file);
  try {
    // Nobody else is here, and what a crash leaves is thrown away.
    db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY");
    const copies = tablesOf(db).map((table) => copyOf(db, table));
    for (let hundred = 1; hundred < hundreds; hundred += 1) {
      db.exec("BEGIN");
      for (const copy of copies) copy(`u${String(hundred).padStart(4, "0")}`);
      db.exec("COMMIT");
      yield hundred / hundreds;
    }
    db.exec("PRAGMA journal_mode = WAL");
  } finally {
    db.close();
  }
}

const FIRST = "u0000";

function tablesOf(db: DatabaseSync): readonly string[] {
  const rows = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  return rows.map(({ name }) => String(name));
}

/** Copies what the table holds now of the first hundred, under other names. */
function copyOf(db: DatabaseSync, table: string): (prefix: string) => void {
  const columns = db.prepare("SELECT name, type, pk FROM pragma_table_info(?)").all(table);
  const isNumbered = columns.filter(({ pk }) => Number(pk) > 0).length === 1;
  const copied = columns.filter(({ type, pk }) => !(isNumbered && Number(pk) > 0 && type === "INTEGER"));
  const texts = copied.filter(({ type }) => type === "TEXT").map(({ name }) => String(name));
  if (texts.length === 0) return () => {};

  const names = copied.map(({ name }) => String(name));
  const isOfFirst = texts.map((name) => `instr("${name}", '${FIRST}') > 0`).join(" OR ");
  db.exec(`CREATE TEMP TABLE "first_${table}" AS SELECT * FROM "${table}" WHERE ${isOfFirst}`);
  const list = names.map((name) => `"${name}"`).join(", ");
  const renamed = names
    .map((name) => (texts.includes(name) ? `replace("${name}", '${FIRST}', :prefix)` : `"${name}"`))
    .join(", ");
  const insert = db.prepare(`INSERT INTO "${table}" (${list}) SELECT ${renamed} FROM "first_${table}"`);
  return (prefix) => void insert.run({ ":prefix": prefix });
}
