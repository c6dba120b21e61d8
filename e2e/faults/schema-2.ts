import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

/** A store as the second version of Carillon left it, word for word: 100 wrote to 101, who has acknowledged the first and read it. */
export function secondSchema(file: string, { notifications }: { notifications: number }): void {
  const db = new DatabaseSync(file);
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("BEGIN");
  db.exec(`
    CREATE TABLE store (epoch TEXT NOT NULL) STRICT;
    CREATE TABLE user (
      uid    TEXT PRIMARY KEY,
      head   INTEGER NOT NULL,
      acked  INTEGER NOT NULL,
      unseen INTEGER NOT NULL DEFAULT 0,
      unread INTEGER NOT NULL DEFAULT 0,
      floor  INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE entry (
      uid   TEXT NOT NULL,
      seq   INTEGER NOT NULL,
      kind  TEXT NOT NULL,
      body  TEXT NOT NULL,
      flags INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (uid, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entry_by_kind ON entry (uid, kind, seq);
    CREATE TABLE draft (
      author TEXT NOT NULL,
      id     TEXT NOT NULL,
      seq    INTEGER NOT NULL,
      state  TEXT NOT NULL,
      recipient     TEXT    NOT NULL DEFAULT '',
      recipient_seq INTEGER NOT NULL DEFAULT 0,
      digest        TEXT    NOT NULL DEFAULT '',
      PRIMARY KEY (author, id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO store (epoch) VALUES ('second');
  `);
  write(db, notifications);
  db.exec("PRAGMA user_version = 2; COMMIT");
  db.close();
}

function write(db: DatabaseSync, notifications: number): void {
  const entry = db.prepare("INSERT INTO entry (uid, seq, kind, flags, body) VALUES (?, ?, ?, ?, ?)");
  const draft = db.prepare("INSERT INTO draft VALUES ('100', ?, ?, ?, '101', ?, ?)");
  for (let n = 1; n <= notifications; n += 1) {
    const content = { at: AT + n, id: `d${n}`, text: `text ${n}` };
    entry.run("101", n, "notification", n === 1 ? SEEN | READ : 0, JSON.stringify({ from: "100", ...content }));
    entry.run("100", n, "sent", 0, JSON.stringify({ to: "101", ...content }));
    draft.run(`d${n}`, n, n === 1 ? "read" : "stored", n, digestOf(content.text));
  }
  const mark = { mark: "read", target: { seqs: [1] }, at: AT };
  entry.run("101", notifications + 1, "mark", 0, JSON.stringify(mark));
  const receipts = ["delivered", "read"].map((state) => ({ state, to: "101", ids: ["d1"], at: AT }));
  for (const [n, receipt] of receipts.entries())
    entry.run("100", notifications + 1 + n, "receipt", 0, JSON.stringify(receipt));
  const user = db.prepare("INSERT INTO user VALUES (?, ?, ?, ?, ?, 0)");
  user.run("100", notifications + 2, 0, 0, 0);
  user.run("101", notifications + 1, 1, notifications - 1, notifications - 1);
}

function digestOf(text: string): string {
  return createHash("sha256")
    .update(JSON.stringify(["101", null, text]))
    .digest("base64url");
}

const AT = 1_795_385_798_000;
const SEEN = 1;
const READ = 2;
