import type { DatabaseSync } from "node:sqlite";
import {
  type Draft,
  type Entry,
  limits,
  type Notification,
  type Sent,
  type SentState,
  type Seq,
  type Snapshot,
} from "@carillon/protocol";
import type { Appended, AuthoredDraft, Growth, Standing, Start } from "../../hub/ports.ts";

/**
 * The logs in one SQLite database, synchronously. Writing methods must run inside a transaction of the caller, which says when it
 * is durable; reading methods see one consistent state if they do too.
 */
export class SqliteLog {
  readonly epoch: string;
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: DatabaseSync) {
    this.#sql = statements(db);
    this.epoch = String(this.#sql.epoch.get()?.["epoch"]);
  }

  append(draft: AuthoredDraft): Appended {
    const before = this.#sql.draft.get(draft.from, draft.id);
    if (before !== undefined) return this.#again(draft, Number(before["seq"]));

    const { id, from, to, text, thread, at } = draft;
    const content = thread === undefined ? { id, text } : { id, text, thread };
    const notification = this.#grow(to, (seq): Notification => ({ kind: "notification", seq, from, at, ...content }));
    const sent = this.#grow(from, (seq): Sent => ({ kind: "sent", seq, to, at, ...content }));
    this.#sql.addDraft.run(from, id, sent.seq);
    return {
      outcome: "stored",
      seq: sent.seq,
      at,
      growth: grouped([
        [to, notification],
        [from, sent],
      ]),
    };
  }

  /** What was sent to `uid` up to there is delivered: says so in the logs of the authors, one receipt an author. */
  acknowledge(uid: string, upTo: Seq, at: number): readonly Growth[] {
    const { head, acked } = this.#user(uid);
    const last = Math.min(upTo, head);
    if (last <= acked) return [];
    this.#sql.setAcked.run(last, uid);

    const idsOf = new Map<string, string[]>();
    for (const row of this.#sql.kindBetween.iterate(uid, "notification", acked, last)) {
      const { from, id } = entryOf(row) as Notification;
      this.#sql.setState.run("delivered", from, id);
      idsOf.set(from, [...(idsOf.get(from) ?? []), id]);
    }
    return [...idsOf].map(([author, ids]) => {
      const receipt = this.#grow(author, (seq) => ({ kind: "receipt", seq, state: "delivered", to: uid, ids, at }));
      return { uid: author, entries: [receipt] };
    });
  }

  read(uid: string, after: Seq, limit: number): readonly Entry[] {
    return this.#sql.after.all(uid, after, limit).map(entryOf);
  }

  open(uid: string, start: Start): Standing {
    const { head, acked } = this.#user(uid);
    const standing = (at: Seq) => ({ position: { epoch: this.epoch, seq: at }, head, acked });
    if (start.from === "acked") return standing(acked);
    if (start.from === "position" && this.#resumable(start.position, head)) return standing(start.position.seq);
    return { ...standing(head), snapshot: this.#snapshot(uid, acked) };
  }

  /** P8: the same incarnation, not from the future, and no more than the recovery cap behind. */
  #resumable(position: { epoch: string; seq: Seq }, head: Seq): boolean {
    return position.epoch === this.epoch && position.seq <= head && head - position.seq <= limits.recoveryEntries;
  }

  #snapshot(uid: string, acked: Seq): Snapshot {
    const newest = (kind: string) => this.#sql.newest.all(uid, kind, limits.snapshotItems).toReversed().map(entryOf);
    return {
      notifications: newest("notification") as Notification[],
      sent: (newest("sent") as Sent[]).map((sent) => ({ ...sent, state: this.#stateOf(uid, sent.id) })),
      acked,
    };
  }

  #stateOf(author: string, id: string): SentState {
    return this.#sql.draft.get(author, id)?.["state"] as SentState;
  }

  /** A draft whose (author, id) is known: the same body gets the first result, another is a conflict (P12). */
  #again(draft: AuthoredDraft, seq: Seq): Appended {
    const row = this.#sql.one.get(draft.from, seq);
    if (row === undefined) throw new Error(`The draft at seq ${seq} has no entry.`);
    const first = entryOf(row) as Sent;
    return sameBody(first, draft) ? { outcome: "duplicate", seq, at: first.at } : { outcome: "conflict" };
  }

  /** Adds one entry to the end of a log. */
  #grow<E extends Entry>(uid: string, entry: (seq: Seq) => E): E {
    const seq = Number(this.#sql.raiseHead.get(uid)?.["head"]);
    const made = entry(seq);
    const { kind, seq: _, ...body } = made;
    this.#sql.addEntry.run(uid, seq, kind, JSON.stringify(body));
    return made;
  }

  #user(uid: string): { head: Seq; acked: Seq } {
    const row = this.#sql.user.get(uid);
    return { head: Number(row?.["head"] ?? 0), acked: Number(row?.["acked"] ?? 0) };
  }
}

function statements(db: DatabaseSync) {
  return {
    epoch: db.prepare("SELECT epoch FROM store"),
    user: db.prepare("SELECT head, acked FROM user WHERE uid = ?"),
    raiseHead: db.prepare(
      "INSERT INTO user (uid, head, acked) VALUES (?, 1, 0) ON CONFLICT (uid) DO UPDATE SET head = head + 1 RETURNING head",
    ),
    setAcked: db.prepare("UPDATE user SET acked = ? WHERE uid = ?"),
    addEntry: db.prepare("INSERT INTO entry (uid, seq, kind, body) VALUES (?, ?, ?, ?)"),
    one: db.prepare("SELECT seq, kind, body FROM entry WHERE uid = ? AND seq = ?"),
    after: db.prepare("SELECT seq, kind, body FROM entry WHERE uid = ? AND seq > ? ORDER BY seq LIMIT ?"),
    newest: db.prepare("SELECT seq, kind, body FROM entry WHERE uid = ? AND kind = ? ORDER BY seq DESC LIMIT ?"),
    kindBetween: db.prepare(
      "SELECT seq, kind, body FROM entry WHERE uid = ? AND kind = ? AND seq > ? AND seq <= ? ORDER BY seq",
    ),
    addDraft: db.prepare("INSERT INTO draft (author, id, seq, state) VALUES (?, ?, ?, 'stored')"),
    draft: db.prepare("SELECT seq, state FROM draft WHERE author = ? AND id = ?"),
    setState: db.prepare("UPDATE draft SET state = ? WHERE author = ? AND id = ?"),
  };
}

function entryOf(row: Record<string, unknown>): Entry {
  return { kind: row["kind"], seq: row["seq"], ...JSON.parse(String(row["body"])) } as Entry;
}

function sameBody(first: Sent, draft: Draft): boolean {
  return first.to === draft.to && first.text === draft.text && first.thread === draft.thread;
}

/** One growth a user, so that somebody who writes to oneself gets both entries in one. */
function grouped(added: readonly (readonly [uid: string, entry: Entry])[]): Growth[] {
  const byUser = new Map<string, Entry[]>();
  for (const [uid, entry] of added) byUser.set(uid, [...(byUser.get(uid) ?? []), entry]);
  return [...byUser].map(([uid, entries]) => ({ uid, entries }));
}
