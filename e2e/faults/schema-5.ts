import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

/**
 * A store as the fifth version of Carillon left it, word for word: 100 wrote to 101, who has acknowledged and seen the first; the
 * second had a time to live, which is over.
 */
export function fifthSchema(file: string, { notifications }: { notifications: number }): void {
  const db = new DatabaseSync(file);
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("BEGIN");
  db.exec(`
    CREATE TABLE store (epoch TEXT NOT NULL, commits INTEGER NOT NULL DEFAULT 0) STRICT;
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
    CREATE TABLE revoked_user (uid TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE revoked_token (id TEXT PRIMARY KEY, expires INTEGER) STRICT, WITHOUT ROWID;
    CREATE INDEX revoked_token_by_end ON revoked_token (expires);
    CREATE TABLE expiry (
      at  INTEGER NOT NULL,
      uid TEXT NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (at, uid, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX edit_by_draft ON entry (uid, body ->> 'id') WHERE kind = 'edit';
    INSERT INTO store (epoch, commits) VALUES ('fifth', 9);
  `);
  write(db, notifications);
  db.exec("PRAGMA user_version = 5; COMMIT");
  db.close();
}

function write(db: DatabaseSync, notifications: number): void {
  const entry = db.prepare("INSERT INTO entry (uid, seq, kind, flags, body) VALUES (?, ?, ?, ?, ?)");
  const draft = db.prepare("INSERT INTO draft VALUES ('100', ?, ?, ?, '101', ?, ?)");
  for (let n = 1; n <= notifications; n += 1) {
    const content = { at: AT + n, id: `d${n}`, text: `text ${n}` };
    const life = n === 2 ? { expiresAt: AT + 60_000 } : {};
    entry.run("101", n, "notification", n === 1 ? SEEN : 0, JSON.stringify({ from: "100", ...content, ...life }));
    entry.run("100", n, "sent", 0, JSON.stringify({ to: "101", ...content }));
    draft.run(`d${n}`, n, n === 1 ? "seen" : "stored", n, digestOf(content.text));
  }
  entry.run("101", notifications + 1, "mark", 0, JSON.stringify({ mark: "seen", target: { seqs: [1] }, at: AT }));
  entry.run("100", notifications + 1, "receipt", 0, JSON.stringify({ state: "seen", to: "101", ids: ["d1"], at: AT }));
  db.exec(`INSERT INTO expiry VALUES (${AT + 60_000}, '101', 2)`);
  const user = db.prepare("INSERT INTO user VALUES (?, ?, ?, ?, ?, 0)");
  user.run("100", notifications + 1, 0, 0, 0);
  user.run("101", notifications + 1, 1, notifications - 1, notifications);
}

function digestOf(text: string): string {
  return createHash("sha256")
    .update(JSON.stringify(["101", null, text]))
    .digest("base64url");
}

/** Not so long ago that retention takes it (P28). */
const AT = Date.now() - 3_600_000;
const SEEN = 1;
