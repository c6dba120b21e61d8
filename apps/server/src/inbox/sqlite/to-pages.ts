import type { DatabaseSync } from "node:sqlite";
import type { SentState, Seq } from "@carillon/protocol";
import { STATE_FLAGS } from "../flags.ts";
import { pageKey, pageOf, pageText } from "./logs/pages.ts";
import type { Row } from "./logs/row.ts";
import { sumOf } from "./logs/sum.ts";

/** From a row an entry to a page of entries: what a draft's row said goes into the author's copy. */
export function toPages(db: DatabaseSync): void {
  db.exec(`
    ALTER TABLE user RENAME TO old_user;
    ALTER TABLE entry RENAME TO old_entry;
    ALTER TABLE draft RENAME TO old_draft;
    DROP INDEX entry_by_kind;
    DROP INDEX edit_by_draft;
    DROP INDEX entry_archived;

    -- One row a user whose log has entries; what commits have done to it since is in the journal. acked: highest seq that any of
    -- the user's connections has; unseen, unread: what the user has not seen, not read; entries up to floor are given up.
    CREATE TABLE user (
      uid    TEXT PRIMARY KEY,
      id     INTEGER NOT NULL,
      head   INTEGER NOT NULL,
      acked  INTEGER NOT NULL,
      unseen INTEGER NOT NULL,
      unread INTEGER NOT NULL,
      floor  INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- The logs, in pages of so many entries (logs/pages.ts); n: the user's id and the number of the page. rows: a line an entry,
    -- with its seq, kind, flags (inbox/flags.ts), and its other fields as JSON. sum: CRC-32 of it.
    CREATE TABLE page (
      n    INTEGER PRIMARY KEY,
      rows TEXT NOT NULL,
      sum  INTEGER NOT NULL
    ) STRICT;

    -- Finds the author's copy of a draft by the draft's id. author: the user's id.
    CREATE TABLE draft (
      author INTEGER NOT NULL,
      id     TEXT NOT NULL,
      seq    INTEGER NOT NULL,
      PRIMARY KEY (author, id)
    ) STRICT, WITHOUT ROWID;

    -- Finds the edits of a draft in a log.
    CREATE TABLE edit (
      uid   TEXT NOT NULL,
      draft TEXT NOT NULL,
      seq   INTEGER NOT NULL,
      PRIMARY KEY (uid, draft, seq)
    ) STRICT, WITHOUT ROWID;

    -- Since which entry, and until when, a user wants it quiet.
    CREATE TABLE quiet (
      uid   TEXT PRIMARY KEY,
      since INTEGER NOT NULL,
      until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- What the last commits did to logs, one row a commit (logs/journal.ts). sum: CRC-32 of it.
    CREATE TABLE journal (
      n     INTEGER PRIMARY KEY,
      notes TEXT NOT NULL,
      sum   INTEGER NOT NULL
    ) STRICT;

    -- When the last commit was, in milliseconds since 1970; 0: there was none.
    ALTER TABLE store ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
    UPDATE store SET changed = (SELECT coalesce(max(at), 0) FROM (
      SELECT body ->> 'at' AS at FROM old_user JOIN old_entry USING (uid) WHERE seq = head
      UNION ALL SELECT until FROM revoked_user));

    INSERT INTO user SELECT uid, row_number() OVER (ORDER BY uid), head, acked, unseen, unread, floor FROM old_user;
    INSERT INTO draft SELECT user.id, old_draft.id, seq FROM old_draft JOIN user ON user.uid = author;
    INSERT INTO quiet SELECT uid, quiet_since, quiet_until FROM old_user WHERE quiet_until IS NOT NULL;
    INSERT INTO edit SELECT uid, body ->> 'id', seq FROM old_entry WHERE kind = 'edit';
  `);
  const users = db.prepare("SELECT uid, id FROM user ORDER BY uid").all() as { uid: string; id: number }[];
  const rows = db.prepare(OLD_ROWS);
  const put = db.prepare("INSERT INTO page (n, rows, sum) VALUES (?, ?, ?)");
  for (const { uid, id } of users) {
    const pages = Map.groupBy((rows.all(uid) as OldRow[]).map(rowOf), ({ seq }) => pageOf(seq));
    for (const [page, held] of pages) {
      const text = pageText(held);
      put.run(pageKey(id, page), text, sumOf(text));
    }
  }
  db.exec("DROP TABLE old_user; DROP TABLE old_entry; DROP TABLE old_draft");
}

/** With what was said of it elsewhere, if it is the author's copy of a draft. */
const OLD_ROWS = `
  SELECT e.seq, e.kind, e.flags, e.body, d.state, d.recipient_seq, d.digest
  FROM old_entry AS e LEFT JOIN old_draft AS d ON e.kind = 'sent' AND d.author = e.uid AND d.id = e.body ->> 'id'
  WHERE e.uid = ? ORDER BY e.seq`;

type OldRow = Row & {
  readonly state: SentState | null;
  readonly recipient_seq: Seq | null;
  readonly digest: string | null;
};

function rowOf({ seq, kind, flags, body, state, recipient_seq: notification, digest }: OldRow): Row {
  if (state === null) return { seq, kind, flags, body };
  return {
    seq,
    kind,
    flags: flags | STATE_FLAGS[state],
    body: JSON.stringify({ ...JSON.parse(body), notification, digest }),
  };
}
