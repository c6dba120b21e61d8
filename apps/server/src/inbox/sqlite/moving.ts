import { DatabaseSync } from "node:sqlite";
import type { Seq } from "@carillon/protocol";
import { isOwn } from "../../hub/own.ts";
import type { Revocation } from "../../hub/ports.ts";
import { GONE, MUTED, SNOOZED } from "../flags.ts";
import { type MovedLog, type MovedRow, type MovingTarget, ROWS_AT_ONCE } from "../moving.ts";
import { Logs } from "./logs/logs.ts";
import type { Row } from "./logs/row.ts";
import { EMPTY, type UserLog } from "./logs/user-log.ts";
import { revoke } from "./revoked.ts";
import type { Kept } from "./rows.ts";
import { migrate } from "./schema.ts";
import { prepare, type Statements } from "./statements.ts";
import { transaction } from "./transaction.ts";

type Body = Record<string, unknown>;

/** A database that no hub has open, as one end of a move. It begins if there is none. */
export class SqliteMoving implements MovingTarget {
  readonly #db: DatabaseSync;
  readonly #sql: Statements;
  readonly #logs: Logs;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    migrate(this.#db);
    this.#sql = prepare(this.#db);
    this.#logs = new Logs(this.#sql);
  }

  async users(after: string): Promise<readonly string[]> {
    if (after === "") this.#write(() => this.#logs.settle()); // The table does not know yet whom the journal knows.
    const uids = this.#sql.usersAfter.all(after, USERS_AT_ONCE).map(({ uid }) => String(uid));
    const users = uids.filter((uid) => !isOwn(uid));
    const last = uids.at(-1);
    return users.length > 0 || last === undefined ? users : this.users(last);
  }

  async log(uid: string): Promise<MovedLog> {
    const { head, acked, unseen, unread, floor } = this.#logs.find(uid)?.figures ?? EMPTY;
    const { since, until } = this.#sql.quiet.get(uid) ?? {};
    const quiet = typeof since === "number" && typeof until === "number" ? { since, until } : undefined;
    const mutes = this.#db
      .prepare("SELECT what, name, seq FROM mute WHERE uid = ? ORDER BY seq")
      .all(uid)
      .map(({ what, name, seq }) => ({ what: String(what), name: String(name), seq: Number(seq) }));
    return { head, acked, unseen, unread, floor, mutes, quiet };
  }

  async rows(uid: string, after: Seq): Promise<readonly MovedRow[]> {
    const log = this.#logs.find(uid);
    if (log === undefined) return [];
    const first = Math.max(after, log.figures.floor);
    return [...log.rows(first, first + ROWS_AT_ONCE)].map((row) => this.#movedFrom(log, row));
  }

  async revocations(): Promise<readonly Revocation[]> {
    const users = this.#db.prepare("SELECT uid, until FROM revoked_user").all();
    const tokens = this.#db.prepare("SELECT id, expires FROM revoked_token").all();
    return [
      ...users.map(({ uid, until }) => ({ of: "user" as const, uid: String(uid), until: Number(until) })),
      ...tokens.map(({ id, expires }) => ({
        of: "token" as const,
        tokenId: String(id),
        expiresAt: expires === null ? undefined : Number(expires),
      })),
    ];
  }

  async begin(uid: string, { head, acked, unseen, unread, floor, mutes, quiet }: MovedLog): Promise<void> {
    this.#write(() => {
      this.#logs.setFigures(this.#logs.of(uid), { head, acked, unseen, unread, floor });
      for (const { what, name, seq } of mutes) this.#sql.addMute.run(uid, what, name, seq);
      if (quiet !== undefined) this.#sql.setQuiet.run(uid, quiet.since, quiet.until);
    });
  }

  async write(uid: string, rows: readonly MovedRow[]): Promise<void> {
    this.#write(() => {
      const log = this.#logs.of(uid);
      for (const row of rows) this.#put(log, row);
    });
  }

  async finish(): Promise<void> {}

  async revoke(revocations: readonly Revocation[]): Promise<void> {
    this.#write(() => {
      for (const revocation of revocations) revoke(this.#sql, { op: "revoke", revocation, at: 0 });
    });
  }

  /** Everything is in the tables of one file. */
  close(): void {
    this.#write(() => this.#logs.settle());
    this.#db.close();
  }

  #write(act: () => void): void {
    transaction(this.#db, "BEGIN IMMEDIATE", () => {
      act();
      this.#logs.write();
    });
  }

  #put(log: UserLog, { seq, kind, flags, body, digest, there = 0 }: MovedRow): void {
    const kept = kind === "sent" ? { notification: there, digest } : kind === "notification" ? mutedIn(flags) : {};
    this.#logs.add(log, { seq, kind, flags, body: JSON.stringify({ ...body, ...kept }) });
    if (kind === "sent") this.#logs.noteDraft(log, String(body["id"]), seq);
    if (kind === "edit") this.#sql.addEdit.run(log.uid, String(body["id"]), seq);
    if (kind !== "notification" || flags & GONE) return;
    const { expiresAt, snoozedUntil } = body;
    if (typeof expiresAt === "number") this.#sql.addExpiry.run(expiresAt, log.uid, seq);
    if (typeof snoozedUntil === "number" && flags & SNOOZED) this.#sql.addSnooze.run(snoozedUntil, log.uid, seq);
  }

  #movedFrom(log: UserLog, { seq, kind, flags, body: text }: Row): MovedRow {
    const body = JSON.parse(text) as Body;
    if (kind === "sent") {
      const { notification, digest, ...said } = body as Body & Kept;
      const there = this.#isNotification(String(said["to"]), notification, log.uid, said["id"]) ? notification : 0;
      return { seq, kind, flags, body: said, digest, there, edits: this.#editsOf(log, flags, log.uid, said["id"]) };
    }
    if (kind !== "notification") return { seq, kind, flags, body };
    const { muted: _muted, ...said } = body;
    const edits = this.#editsOf(log, flags, said["from"], said["id"]);
    return { seq, kind, flags, body: said, digest: this.#digestOf(log.uid, seq, said), edits };
  }

  #isNotification(to: string, seq: Seq, from: string, id: unknown): boolean {
    const row = this.#logs.find(to)?.row(seq);
    if (row?.kind !== "notification") return false;
    const body = JSON.parse(row.body) as Body;
    return body["from"] === from && body["id"] === id;
  }

  /** Of the author's copy, if that is of this notification. */
  #digestOf(to: string, seq: Seq, { from, id }: Body): string | undefined {
    const author = this.#logs.find(String(from));
    const at = author && this.#logs.seqOfDraft(author, String(id));
    const row = at === undefined ? undefined : author?.row(at);
    if (row === undefined) return undefined;
    const { notification, digest, ...said } = JSON.parse(row.body) as Body & Kept;
    return said["to"] === to && notification === seq ? digest : undefined;
  }

  #editsOf(log: UserLog, flags: number, from: unknown, id: unknown): readonly Seq[] | undefined {
    if (flags & GONE) return undefined;
    const seqs = this.#sql.editsOf.all(log.uid, String(id)).map(({ seq }) => Number(seq));
    const its = seqs.filter((seq) => {
      const row = log.row(seq);
      return row?.kind === "edit" && (JSON.parse(row.body) as Body)["from"] === from;
    });
    return its.length === 0 ? undefined : its;
  }
}

/** Kept with the body here, said by the flag elsewhere. */
function mutedIn(flags: number): { muted?: true } {
  return flags & MUTED ? { muted: true } : {};
}

const USERS_AT_ONCE = 200;
