import { DatabaseSync } from "node:sqlite";

/** A store as the first version of Carillon left it, word for word: 100 wrote to 101, who has acknowledged the first. */
export function firstSchema(file: string, { notifications }: { notifications: number }): void {
  const db = new DatabaseSync(file);
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("BEGIN");
  db.exec(`
    CREATE TABLE store (epoch TEXT NOT NULL) STRICT;
    CREATE TABLE user (
      uid   TEXT PRIMARY KEY,
      head  INTEGER NOT NULL,
      acked INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE entry (
      uid  TEXT NOT NULL,
      seq  INTEGER NOT NULL,
      kind TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (uid, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entry_by_kind ON entry (uid, kind, seq);
    CREATE TABLE draft (
      author TEXT NOT NULL,
      id     TEXT NOT NULL,
      seq    INTEGER NOT NULL,
      state  TEXT NOT NULL,
      PRIMARY KEY (author, id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO store (epoch) VALUES ('first');
  `);
  const entry = db.prepare("INSERT INTO entry (uid, seq, kind, body) VALUES (?, ?, ?, ?)");
  const draft = db.prepare("INSERT INTO draft (author, id, seq, state) VALUES ('100', ?, ?, ?)");
  for (let n = 1; n <= notifications; n += 1) {
    const content = { at: AT + n, id: `d${n}`, text: `text ${n}` };
    entry.run("101", n, "notification", JSON.stringify({ from: "100", ...content }));
    entry.run("100", n, "sent", JSON.stringify({ to: "101", ...content }));
    draft.run(`d${n}`, n, n === 1 ? "delivered" : "stored");
  }
  const receipt = { state: "delivered", to: "101", ids: ["d1"], at: AT };
  entry.run("100", notifications + 1, "receipt", JSON.stringify(receipt));
  const user = db.prepare("INSERT INTO user (uid, head, acked) VALUES (?, ?, ?)");
  user.run("100", notifications + 1, 0);
  user.run("101", notifications, 1);
  db.exec("PRAGMA user_version = 1; COMMIT");
  db.close();
}

const AT = 1_795_385_798_000;
