import type { DatabaseSync } from "node:sqlite";
import type { Receipt } from "@carillon/protocol";
import { RETRACTED, SEEN } from "./flags.ts";

export type Statements = ReturnType<typeof prepare>;

/** All that is ever asked of the database, prepared once. */
export function prepare(db: DatabaseSync) {
  return {
    store: db.prepare("SELECT epoch, commits FROM store"),
    raiseCommits: db.prepare("UPDATE store SET commits = commits + 1 RETURNING epoch, commits"),
    setEpoch: db.prepare("UPDATE store SET (epoch, commits) = (?, commits + 1) RETURNING epoch, commits"),
    /** When the last change was made that is here, in milliseconds since 1970; a log is in the order of its time. */
    lastChange: db.prepare(
      `SELECT max(at) AS at FROM (
         SELECT body ->> 'at' AS at FROM user JOIN entry ON entry.uid = user.uid AND entry.seq = user.head
         UNION ALL SELECT until FROM revoked_user)`,
    ),
    /** By this connection, since it was opened. */
    rowsChanged: db.prepare("SELECT total_changes() AS n"),

    user: db.prepare("SELECT head, acked, unseen, unread, floor FROM user WHERE uid = ?"),
    usersAfter: db.prepare("SELECT uid, head, floor FROM user WHERE uid > ? ORDER BY uid LIMIT ?"),
    raiseHead: db.prepare(
      "INSERT INTO user (uid, head, acked) VALUES (?, 1, 0) ON CONFLICT (uid) DO UPDATE SET head = head + 1 RETURNING head",
    ),
    setAcked: db.prepare("UPDATE user SET acked = ? WHERE uid = ?"),
    setFloor: db.prepare("UPDATE user SET floor = ? WHERE uid = ?"),
    count: db.prepare("UPDATE user SET unseen = unseen + ?, unread = unread + ? WHERE uid = ?"),

    addEntry: db.prepare("INSERT INTO entry (uid, seq, kind, flags, body) VALUES (?, ?, ?, ?, ?)"),
    entry: db.prepare("SELECT seq, kind, flags, body FROM entry WHERE uid = ? AND seq = ?"),
    entriesAfter: db.prepare("SELECT seq, kind, flags, body FROM entry WHERE uid = ? AND seq > ? ORDER BY seq LIMIT ?"),
    entriesUpTo: db.prepare("SELECT seq, kind, flags, body FROM entry WHERE uid = ? AND seq <= ? ORDER BY seq"),
    newest: db.prepare(
      `SELECT seq, kind, flags, body FROM entry WHERE uid = ? AND kind = ? AND seq < ?
       AND (kind <> 'notification' OR flags & ${RETRACTED} = 0) ORDER BY seq DESC LIMIT ?`,
    ),
    /** Those of one kind in (after, upTo] whose flags, under a mask, are as wanted. */
    kindBetween: db.prepare(
      `SELECT seq, kind, flags, body FROM entry WHERE uid = ? AND kind = ? AND seq > ? AND seq <= ?
       AND flags & ? = ? ORDER BY seq`,
    ),
    editsOf: db.prepare(
      "SELECT seq, kind, flags, body FROM entry INDEXED BY edit_by_draft WHERE uid = ? AND kind = 'edit' AND body ->> 'id' = ?",
    ),
    /** Of the notifications in (after, upTo] whose flags, under a mask, are as wanted: how many, how many of them unseen, and the newest. */
    markable: db.prepare(
      `SELECT count(*) AS marked, count(*) FILTER (WHERE flags & ${SEEN} = 0) AS unseen, max(seq) AS newest ${MARKABLE}`,
    ),
    untold: db.prepare(`SELECT body ->> 'from' AS "from", body ->> 'id' AS id ${MARKABLE} ORDER BY seq`),
    changeFlags: db.prepare(`UPDATE entry NOT INDEXED SET flags = flags & ? | ? ${WHICH}`),
    rewrite: db.prepare("UPDATE entry SET flags = ?, body = ? WHERE uid = ? AND seq = ?"),
    removeUpTo: db.prepare("DELETE FROM entry WHERE uid = ? AND seq <= ?"),

    addExpiry: db.prepare("INSERT INTO expiry (at, uid, seq) VALUES (?, ?, ?)"),
    expiriesUpTo: db.prepare("SELECT at, uid, seq FROM expiry WHERE at <= ? ORDER BY at, uid, seq LIMIT ?"),
    nextExpiry: db.prepare("SELECT at FROM expiry ORDER BY at LIMIT 1"),
    removeExpiry: db.prepare("DELETE FROM expiry WHERE at = ? AND uid = ? AND seq = ?"),

    draft: db.prepare("SELECT seq, state, recipient, recipient_seq, digest FROM draft WHERE author = ? AND id = ?"),
    draftIds: db.prepare("SELECT id FROM draft WHERE author = ? AND id > ? AND id < ? ORDER BY id LIMIT ?"),
    addDraft: db.prepare(
      "INSERT INTO draft (author, id, seq, state, recipient, recipient_seq, digest) VALUES (?, ?, ?, 'stored', ?, ?, ?)",
    ),
    /** Changes nothing where the draft has come as far already. */
    raiseState: {
      delivered: db.prepare(raisedTo("delivered", "'stored'")),
      seen: db.prepare(raisedTo("seen", "'stored', 'delivered'")),
      read: db.prepare(raisedTo("read", "'stored', 'delivered', 'seen'")),
    },
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

    removeDraft: db.prepare("DELETE FROM draft WHERE author = ? AND id = ?"),
  };
}

/** By the primary key: an index by kind says nothing of flags, so each row would be looked for a second time. */
const WHICH = "WHERE uid = ? AND seq > ? AND seq <= ? AND kind = 'notification' AND flags & ? = ?";
const MARKABLE = `FROM entry NOT INDEXED ${WHICH}`;

function raisedTo(state: Receipt["state"], lower: string): string {
  return `UPDATE draft SET state = '${state}' WHERE author = ? AND id = ? AND state IN (${lower})`;
}
