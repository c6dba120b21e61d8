import type { DatabaseSync } from "node:sqlite";

export type Statements = ReturnType<typeof prepare>;

/** All that is ever asked of the database, prepared once. */
export function prepare(db: DatabaseSync) {
  return {
    store: db.prepare("SELECT epoch, commits, changed FROM store"),
    raiseCommits: db.prepare(
      "UPDATE store SET (commits, changed) = (commits + 1, ?) RETURNING epoch, commits, changed",
    ),
    setEpoch: db.prepare("UPDATE store SET (epoch, commits) = (?, commits + 1) RETURNING epoch, commits, changed"),
    /** By this connection, since it was opened. */
    rowsChanged: db.prepare("SELECT total_changes() AS n"),

    user: db.prepare("SELECT id, head, acked, unseen, unread, floor FROM user WHERE uid = ?"),
    usersAfter: db.prepare("SELECT uid FROM user WHERE uid > ? ORDER BY uid LIMIT ?"),
    putUser: db.prepare(
      `INSERT INTO user (uid, id, head, acked, unseen, unread, floor) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (uid) DO UPDATE SET (head, acked, unseen, unread, floor) =
       (excluded.head, excluded.acked, excluded.unseen, excluded.unread, excluded.floor)`,
    ),
    page: db.prepare("SELECT rows, sum FROM page WHERE n = ?"),
    pages: db.prepare("SELECT n, rows, sum FROM page"),
    lastPage: db.prepare("SELECT max(n) AS n FROM page"),
    putPage: db.prepare("INSERT OR REPLACE INTO page (n, rows, sum) VALUES (?, ?, ?)"),
    /** From one key up to, but not including, another. */
    removePages: db.prepare("DELETE FROM page WHERE n >= ? AND n < ?"),

    journal: db.prepare("SELECT n, notes, sum FROM journal ORDER BY n"),
    lastJournal: db.prepare("SELECT max(n) AS n FROM journal"),
    addJournal: db.prepare("INSERT INTO journal (n, notes, sum) VALUES (?, ?, ?)"),
    forgetJournal: db.prepare("DELETE FROM journal WHERE n < ?"),

    addSnooze: db.prepare("INSERT INTO snooze (at, uid, seq) VALUES (?, ?, ?)"),
    snoozesUpTo: db.prepare("SELECT at, uid, seq FROM snooze WHERE at <= ? ORDER BY at, uid, seq LIMIT ?"),
    removeSnooze: db.prepare("DELETE FROM snooze WHERE at = ? AND uid = ? AND seq = ?"),

    mute: db.prepare("SELECT 1 FROM mute WHERE uid = ? AND what = ? AND name = ?"),
    isMuted: db.prepare(
      `SELECT 1 FROM mute WHERE uid = ?1 AND what = 'from' AND name = ?2
       UNION ALL SELECT 1 FROM mute WHERE uid = ?1 AND what = 'thread' AND name = ?3`,
    ),
    mutes: db.prepare("SELECT what, name FROM mute WHERE uid = ? ORDER BY seq"),
    countMutes: db.prepare("SELECT count(*) AS n FROM mute WHERE uid = ?"),
    addMute: db.prepare("INSERT INTO mute (uid, what, name, seq) VALUES (?, ?, ?, ?)"),
    removeMute: db.prepare("DELETE FROM mute WHERE uid = ? AND what = ? AND name = ?"),

    quiet: db.prepare("SELECT since, until FROM quiet WHERE uid = ?"),
    setQuiet: db.prepare("INSERT OR REPLACE INTO quiet (uid, since, until) VALUES (?, ?, ?)"),

    addExpiry: db.prepare("INSERT INTO expiry (at, uid, seq) VALUES (?, ?, ?)"),
    expiriesUpTo: db.prepare("SELECT at, uid, seq FROM expiry WHERE at <= ? ORDER BY at, uid, seq LIMIT ?"),
    moveExpiry: db.prepare("UPDATE expiry SET seq = ? WHERE at = ? AND uid = ? AND seq = ?"),
    /** The earliest time at which anything happens by itself. */
    nextDue: db.prepare(
      "SELECT min(at) AS at FROM (SELECT min(at) AS at FROM expiry UNION ALL SELECT min(at) FROM snooze)",
    ),
    removeExpiry: db.prepare("DELETE FROM expiry WHERE at = ? AND uid = ? AND seq = ?"),

    draft: db.prepare("SELECT seq FROM draft WHERE author = ? AND id = ?"),
    draftIds: db.prepare("SELECT id FROM draft WHERE author = ? AND id > ? AND id < ? ORDER BY id LIMIT ?"),
    addDraft: db.prepare("INSERT OR REPLACE INTO draft (author, id, seq) VALUES (?, ?, ?)"),
    removeDraft: db.prepare("DELETE FROM draft WHERE author = ? AND id = ?"),

    /** Where the edits of a draft are in a log. */
    addEdit: db.prepare("INSERT INTO edit (uid, draft, seq) VALUES (?, ?, ?)"),
    editsOf: db.prepare("SELECT seq FROM edit WHERE uid = ? AND draft = ?"),
    removeEdits: db.prepare("DELETE FROM edit WHERE uid = ? AND draft = ?"),

    revokeUser: db.prepare(
      "INSERT INTO revoked_user (uid, until) VALUES (?, ?) ON CONFLICT (uid) DO UPDATE SET until = max(until, excluded.until)",
    ),
    // Once without an end, never with one again.
    revokeToken: db.prepare(
      "INSERT INTO revoked_token (id, expires) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET expires = max(expires, excluded.expires)",
    ),
    revoked: db.prepare(
      "SELECT 1 FROM revoked_user WHERE uid = ? AND until >= ? UNION ALL SELECT 1 FROM revoked_token WHERE id = ?",
    ),
    forgetRevoked: db.prepare("DELETE FROM revoked_token WHERE expires < ?"),
  };
}
