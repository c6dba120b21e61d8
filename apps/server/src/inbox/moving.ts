import { isDeepStrictEqual } from "node:util";
import type { Entry, QuietTime, Seq } from "@carillon/protocol";
import type { Revocation } from "../hub/ports.ts";

/** One entry of a log as every store knows it. */
export type MovedRow = {
  readonly seq: Seq;
  readonly kind: Entry["kind"];
  /** What later entries say of it: bits of flags.ts. */
  readonly flags: number;
  /** What it says itself: its fields on the wire without kind, seq, and what the flags say. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Of a draft, at both ends: what tells a resend from a conflict. Of a notification only while its author has the draft. */
  readonly digest?: string | undefined;
  /** Of an author's copy: where its notification is in the other log; 0 where that has none any more. */
  readonly there?: Seq | undefined;
  /** Entries of the same log that edited this draft. */
  readonly edits?: readonly Seq[] | undefined;
};

/** Where a log stands, and what its user has set. */
export type MovedLog = {
  readonly head: Seq;
  readonly acked: Seq;
  readonly unseen: number;
  readonly unread: number;
  readonly floor: Seq;
  /** `what`: thread or from; `seq`: of the entry that says so. */
  readonly mutes: readonly { readonly what: string; readonly name: string; readonly seq: Seq }[];
  readonly quiet: QuietTime | undefined;
};

/** A store that nobody writes to. */
export interface MovingSource {
  /** The next uids after this one, in the order of their bytes; none at the end. Not those of a hub's own logs. */
  users(after: string): Promise<readonly string[]>;
  log(uid: string): Promise<MovedLog>;
  /** The next entries after a seq, contiguous, oldest first; none at the end. */
  rows(uid: string, after: Seq): Promise<readonly MovedRow[]>;
  revocations(): Promise<readonly Revocation[]>;
}

/** A store that is being filled: user by user, each with `begin`, rows in their order, and `finish`. */
export interface MovingTarget extends MovingSource {
  begin(uid: string, log: MovedLog): Promise<void>;
  write(uid: string, rows: readonly MovedRow[]): Promise<void>;
  finish(uid: string, log: MovedLog): Promise<void>;
  revoke(revocations: readonly Revocation[]): Promise<void>;
}

/** What was moved. */
export type Moved = { readonly users: number; readonly entries: number; readonly revocations: number };

/** Fills the target with all that the source has; then reads it back, and compares everything. @throws DifferentCopy */
export async function moveAll(source: MovingSource, target: MovingTarget): Promise<Moved> {
  for await (const uid of everybody(source)) await moveUser(source, target, uid);
  await target.revoke(await source.revocations());
  return compare(source, target);
}

/** What came out is not what went in. */
export class DifferentCopy extends Error {
  override readonly name = "DifferentCopy";
}

async function moveUser(source: MovingSource, target: MovingTarget, uid: string): Promise<void> {
  const log = await source.log(uid);
  await target.begin(uid, log);
  for await (const rows of pages(source, uid)) await target.write(uid, rows);
  await target.finish(uid, log);
}

async function compare(source: MovingSource, target: MovingTarget): Promise<Moved> {
  let users = 0;
  let entries = 0;
  const there = everybody(target);
  for await (const uid of everybody(source)) {
    same("the users", uid, (await there.next()).value);
    entries += await compareUser(source, target, uid);
    users += 1;
  }
  same("the users", undefined, (await there.next()).value);
  const [ours, theirs] = await Promise.all([source.revocations(), target.revocations()]);
  const now = Date.now();
  same("the revocations", inOrder(ours, now), inOrder(theirs, now));
  return { users, entries, revocations: ours.length };
}

async function compareUser(source: MovingSource, target: MovingTarget, uid: string): Promise<number> {
  same(`where the log of ${uid} stands`, await source.log(uid), await target.log(uid));
  const there = pages(target, uid);
  let entries = 0;
  for await (const rows of pages(source, uid)) {
    same(`the log of ${uid} after ${(rows[0]?.seq ?? 1) - 1}`, rows, (await there.next()).value);
    entries += rows.length;
  }
  same(`the end of the log of ${uid}`, undefined, (await there.next()).value);
  return entries;
}

async function* everybody(source: MovingSource): AsyncGenerator<string, undefined> {
  for (let after = ""; ;) {
    const uids = await source.users(after);
    yield* uids;
    const last = uids.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

async function* pages(source: MovingSource, uid: string): AsyncGenerator<readonly MovedRow[], undefined> {
  for (let after = 0; ;) {
    const rows = await source.rows(uid, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.seq;
  }
}

function same(what: string, ours: unknown, theirs: unknown): void {
  if (!isDeepStrictEqual(plain(ours), plain(theirs))) throw new DifferentCopy(`The copy differs in ${what}.`);
}

/** What is undefined is not there. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Of those that still say something. */
function inOrder(revocations: readonly Revocation[], now: number): readonly string[] {
  const holding = revocations.filter((each) => each.of === "user" || (each.expiresAt ?? Infinity) > now);
  return holding.map((each) => JSON.stringify(each, Object.keys(each).toSorted())).toSorted();
}

/** Entries that are moved at once. */
export const ROWS_AT_ONCE = 500;
