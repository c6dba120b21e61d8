import type { DatabaseSync } from "node:sqlite";
import type { Receipt } from "@carillon/protocol";
import { ARCHIVED, GONE, READ, SEEN, UNCOUNTED } from "./flags.ts";

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
       AND (kind <> 'notification' OR flags & ${GONE} = 0) ORDER BY seq DESC LIMIT ?`,
    ),
    newestArchived: db.prepare(
      `SELECT seq, kind, flags, body FROM entry INDEXED BY entry_archived WHERE uid = ? AND seq < ?
       AND flags & ${ARCHIVED} AND flags & ${GONE} = 0 ORDER BY seq DESC LIMIT ?`,
    ),
    /** Those of one kind in (after, upTo] whose flags, under a mask, are as wanted. */
    kindBetween: db.prepare(
      `SELECT seq, kind, flags, body FROM entry WHERE uid = ? AND kind = ? AND seq > ? AND seq <= ?
       AND flags & ? = ? ORDER BY seq`,
    ),
    editsOf: db.prepare(
      "SELECT seq, kind, flags, body FROM entry INDEXED BY edit_by_draft WHERE uid = ? AND kind = 'edit' AND body ->> 'id' = ?",
    ),
    /**
     * Of the notifications in (after, upTo] whose flags, under a mask, are as wanted: how many, the newest, and by how much the counts
     * change if their flags are masked and then get others.
     */
    markable: db.prepare(
      `SELECT count(*) AS marked, max(seq) AS newest, ${changeOf(SEEN)} AS unseen, ${changeOf(READ)} AS unread ${MARKABLE}`,
    ),
    untold: db.prepare(`SELECT body ->> 'from' AS "from", body ->> 'id' AS id ${MARKABLE} ORDER BY seq`),
    changeFlags: db.prepare(`UPDATE entry NOT INDEXED SET flags = flags & ?6 | ?7 ${WHICH}`),
    rewrite: db.prepare("UPDATE entry SET flags = ?, body = ? WHERE uid = ? AND seq = ?"),
    removeUpTo: db.prepare("DELETE FROM entry WHERE uid = ? AND seq <= ?"),

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

    quiet: db.prepare("SELECT quiet_since AS since, quiet_until AS until FROM user WHERE uid = ?"),
    setQuiet: db.prepare("UPDATE user SET (quiet_since, quiet_until) = (?, ?) WHERE uid = ?"),

    addExpiry: db.prepare("INSERT INTO expiry (at, uid, seq) VALUES (?, ?, ?)"),
    expiriesUpTo: db.prepare("SELECT at, uid, seq FROM expiry WHERE at <= ? ORDER BY at, uid, seq LIMIT ?"),
    moveExpiry: db.prepare("UPDATE expiry SET seq = ? WHERE at = ? AND uid = ? AND seq = ?"),
    /** The earliest time at which anything happens by itself. */
    nextDue: db.prepare(
      "SELECT min(at) AS at FROM (SELECT min(at) AS at FROM expiry UNION ALL SELECT min(at) FROM snooze)",
    ),
    removeExpiry: db.prepare("DELETE FROM expiry WHERE at = ? AND uid = ? AND seq = ?"),

    draft: db.prepare("SELECT seq, state, recipient, recipient_seq, digest FROM draft WHERE author = ? AND id = ?"),
    draftIds: db.prepare("SELECT id FROM draft WHERE author = ? AND id > ? AND id < ? ORDER BY id LIMIT ?"),
    addDraft: db.prepare(
      "INSERT INTO draft (author, id, seq, state, recipient, recipient_seq, digest) VALUES (?, ?, ?, 'stored', ?, ?, ?)",
    ),
    moveDraft: db.prepare(
      "UPDATE draft SET recipient_seq = ? WHERE author = ? AND id = ? AND recipient = ? AND recipient_seq = ?",
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
const WHICH = "WHERE uid = ?1 AND seq > ?2 AND seq <= ?3 AND kind = 'notification' AND flags & ?4 = ?5";
const MARKABLE = `FROM entry NOT INDEXED ${WHICH}`;

/** By how many more count for lack of this flag, once flags are masked with ?6 and get ?7. */
function changeOf(flag: number): string {
  const out = UNCOUNTED | flag;
  return `total((flags & ?6 | ?7) & ${out} = 0) - total(flags & ${out} = 0)`;
}

function raisedTo(state: Receipt["state"], lower: string): string {
  return `UPDATE draft SET state = '${state}' WHERE author = ? AND id = ? AND state IN (${lower})`;
}
