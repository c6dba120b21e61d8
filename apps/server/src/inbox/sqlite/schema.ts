import type { DatabaseSync } from "node:sqlite";
import { nanoid } from "nanoid";
import { digestOf } from "../digest.ts";
import { toPages } from "./to-pages.ts";

/** The store is of a version that comes after this one. */
export class NewerSchema extends Error {
  override readonly name = "NewerSchema";
}

/** Brings the database to the schema of this version, in one transaction, or throws with what the operator has to know. */
export function migrate(db: DatabaseSync): void {
  const version = userVersion(db);
  if (version > MIGRATIONS.length) {
    throw new NewerSchema(
      `The database has schema ${version}; this version of Carillon knows ${MIGRATIONS.length}. Start a newer one.`,
    );
  }
  if (version === MIGRATIONS.length) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    for (const step of MIGRATIONS.slice(userVersion(db))) step(db);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function userVersion(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
}

/** Step n leads from schema n to n + 1. Never change a step that was released. */
const MIGRATIONS: readonly ((db: DatabaseSync) => void)[] = [
  (db) => {
    db.exec(`
      -- One row: the random name of this incarnation of the store.
      CREATE TABLE store (epoch TEXT NOT NULL) STRICT;

      -- One row a user whose log has entries. acked: highest seq that any of the user's connections has.
      CREATE TABLE user (
        uid   TEXT PRIMARY KEY,
        head  INTEGER NOT NULL,
        acked INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- The logs. body: the entry's fields other than seq and kind, as JSON.
      CREATE TABLE entry (
        uid  TEXT NOT NULL,
        seq  INTEGER NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (uid, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX entry_by_kind ON entry (uid, kind, seq);

      -- One row a stored draft: finds a resend, and says what became of it. seq: of the author's copy.
      CREATE TABLE draft (
        author TEXT NOT NULL,
        id     TEXT NOT NULL,
        seq    INTEGER NOT NULL,
        state  TEXT NOT NULL,
        PRIMARY KEY (author, id)
      ) STRICT, WITHOUT ROWID;
    `);
    db.prepare("INSERT INTO store (epoch) VALUES (?)").run(nanoid());
  },
  (db) => {
    db.exec(`
      -- What the user has not seen, not read; entries up to floor are given up.
      ALTER TABLE user ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE user ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE user ADD COLUMN floor  INTEGER NOT NULL DEFAULT 0;
      -- What later entries say of this one: bits of flags.ts.
      ALTER TABLE entry ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;
      -- The other end of the draft, and what tells a resend from a conflict.
      ALTER TABLE draft ADD COLUMN recipient     TEXT    NOT NULL DEFAULT '';
      ALTER TABLE draft ADD COLUMN recipient_seq INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE draft ADD COLUMN digest        TEXT    NOT NULL DEFAULT '';

      UPDATE user SET (unseen, unread) = (
        SELECT count(*), count(*) FROM entry WHERE entry.uid = user.uid AND kind = 'notification'
      );
      UPDATE draft SET (recipient, recipient_seq) = (n.uid, n.seq)
      FROM (SELECT uid, seq, body ->> 'from' AS author, body ->> 'id' AS id FROM entry WHERE kind = 'notification') AS n
      WHERE n.author = draft.author AND n.id = draft.id;
    `);
    const digest = db.prepare("UPDATE draft SET digest = ? WHERE author = ? AND id = ?");
    for (const row of db.prepare("SELECT uid, body FROM entry WHERE kind = 'sent'").all()) {
      const { id, to, text, thread } = JSON.parse(String(row["body"]));
      digest.run(digestOf({ to, text, thread }), String(row["uid"]), id);
    }
  },
  (db) => {
    db.exec(`
      -- Write transactions so far: a store that comes back with fewer has lost some.
      ALTER TABLE store ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
    `);
  },
  (db) => {
    db.exec(`
      -- Tokens that are refused though they hold: all of a user that were issued up to then (milliseconds since 1970), or one by
      -- its name, which may be forgotten once it is expired; NULL: never.
      CREATE TABLE revoked_user (
        uid   TEXT PRIMARY KEY,
        until INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE revoked_token (
        id      TEXT PRIMARY KEY,
        expires INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX revoked_token_by_end ON revoked_token (expires);
    `);
  },
  (db) => {
    db.exec(`
      -- One row a notification that has a time to live: when that ends, and where it stands.
      CREATE TABLE expiry (
        at  INTEGER NOT NULL,
        uid TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (at, uid, seq)
      ) STRICT, WITHOUT ROWID;
      -- Finds the edits of a draft among all others of its log, so that taking back a broadcast takes as long as sending it.
      CREATE INDEX edit_by_draft ON entry (uid, body ->> 'id') WHERE kind = 'edit';
    `);
  },
  (db) => {
    db.exec(`
      -- One row a notification that is put off: until when, and where it stands.
      CREATE TABLE snooze (
        at  INTEGER NOT NULL,
        uid TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (at, uid, seq)
      ) STRICT, WITHOUT ROWID;
      -- One row a thread or an author ('thread', 'from') that a user mutes. seq: of the entry that says so.
      CREATE TABLE mute (
        uid  TEXT NOT NULL,
        what TEXT NOT NULL,
        name TEXT NOT NULL,
        seq  INTEGER NOT NULL,
        PRIMARY KEY (uid, what, name)
      ) STRICT, WITHOUT ROWID;
      -- Since which entry, and until when, the user wants it quiet; NULL: not at all.
      ALTER TABLE user ADD COLUMN quiet_since INTEGER;
      ALTER TABLE user ADD COLUMN quiet_until INTEGER;
      -- Finds what is archived, bit 16 of flags.ts, among all that a log holds.
      CREATE INDEX entry_archived ON entry (uid, seq) WHERE flags & 16;
    `);
  },
  toPages,
  // The journal may hold lines that say only what has changed in an entry's flags: schema 7 does not know them.
  () => {},
];
