import type { DatabaseSync } from "node:sqlite";

/** All that `act` does, or nothing. When a write transaction returns, it is durable (P6). */
export function transaction<T>(db: DatabaseSync, begin: "BEGIN" | "BEGIN IMMEDIATE", act: () => T): T {
  db.exec(begin);
  try {
    const result = act();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK"); // After SQLITE_FULL it is rolled back already.
    throw error;
  }
}
