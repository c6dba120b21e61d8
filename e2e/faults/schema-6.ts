import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

/**
 * A store as the sixth version of Carillon left it, word for word: 100 wrote to 101, who has put the first off until a time that is
 * over, archived the second, wants it quiet for a day from now, and mutes a thread; the third was edited, and its author knows that
 * it was read.
 */
export function sixthSchema(file: string, { notifications }: { notifications: number }): void {
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
      floor  INTEGER NOT NULL DEFAULT 0,
      quiet_since INTEGER,
      quiet_until INTEGER
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
    CREATE TABLE snooze (
      at  INTEGER NOT NULL,
      uid TEXT NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (at, uid, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE mute (
      uid  TEXT NOT NULL,
      what TEXT NOT NULL,
      name TEXT NOT NULL,
      seq  INTEGER NOT NULL,
      PRIMARY KEY (uid, what, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entry_archived ON entry (uid, seq) WHERE flags & 16;
    INSERT INTO store (epoch, commits) VALUES ('sixth', 12);
  `);
  write(db, notifications);
  db.exec("PRAGMA user_version = 6; COMMIT");
  db.close();
}

function write(db: DatabaseSync, notifications: number): void {
  const entry = db.prepare("INSERT INTO entry (uid, seq, kind, flags, body) VALUES (?, ?, ?, ?, ?)");
  const draft = db.prepare("INSERT INTO draft VALUES ('100', ?, ?, ?, '101', ?, ?)");
  for (let n = 1; n <= notifications; n += 1) {
    const content = { at: AT + n, id: `d${n}`, text: n === 3 ? "edited" : `text ${n}` };
    const until = n === 1 ? { snoozedUntil: AT + 60_000 } : {};
    entry.run("101", n, "notification", FLAGS[n] ?? 0, JSON.stringify({ from: "100", ...content, ...until }));
    entry.run("100", n, "sent", n === 3 ? EDITED : 0, JSON.stringify({ to: "101", ...content }));
    draft.run(`d${n}`, n, STATES[n] ?? "stored", n, digestOf(`text ${n}`));
  }
  const next = { "100": notifications, "101": notifications };
  const grow = (uid: "100" | "101", kind: string, body: object) =>
    entry.run(uid, (next[uid] += 1), kind, 0, JSON.stringify({ at: AT, ...body }));
  for (const uid of ["101", "100"] as const) grow(uid, "edit", { from: "100", to: "101", id: "d3", text: "edited" });
  grow("101", "mark", { mark: "archived", target: { seqs: [2] } });
  grow("101", "mark", { mark: "read", target: { seqs: [3] } });
  grow("101", "snooze", { seqs: [1], until: AT + 60_000 });
  grow("101", "mute", { target: { thread: "noise" }, muted: true });
  grow("101", "quiet", { quiet: { since: notifications + 6, until: QUIET_UNTIL } });
  grow("100", "receipt", { state: "read", to: "101", ids: ["d3"] });
  db.exec(`INSERT INTO snooze VALUES (${AT + 60_000}, '101', 1)`);
  db.exec(`INSERT INTO mute VALUES ('101', 'thread', 'noise', ${notifications + 5})`);
  const user = db.prepare("INSERT INTO user VALUES (?, ?, ?, ?, ?, 0, ?, ?)");
  user.run("100", next["100"], 0, 0, 0, null, null);
  user.run("101", next["101"], notifications, notifications - 3, notifications - 3, notifications + 6, QUIET_UNTIL);
}

function digestOf(text: string): string {
  return createHash("sha256")
    .update(JSON.stringify(["101", null, text]))
    .digest("base64url");
}

/** Not so long ago that retention takes it (P28). */
const AT = Date.now() - 3_600_000;
const QUIET_UNTIL = Date.now() + 24 * 3_600_000;
const EDITED = 8;
/** Of the first three: snoozed; seen and archived; seen, read, edited and known to be read. */
const FLAGS: Readonly<Record<number, number>> = { 1: 32, 2: 1 + 16, 3: 1 + 2 + EDITED + 256 };
const STATES: Readonly<Record<number, string>> = { 1: "delivered", 2: "seen", 3: "read" };
