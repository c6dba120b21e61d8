import {
  type HistoryKind,
  limits,
  type MuteTarget,
  type Notification,
  type QuietTime,
  type Sent,
  type Seq,
  type Snapshot,
} from "@carillon/protocol";
import type { History, Pages, Standing, Start } from "../../hub/ports.ts";
import { written } from "../../hub/written.ts";
import { entryOf, rowsOf } from "./rows.ts";
import type { Answer, Store } from "./store.ts";

/** Up to `limit` entries after `after`. */
export async function readLog(store: Store, uid: string, after: Seq, limit: number): Promise<Pages> {
  const found = await store.ask<Flat>("read", uid, after, limit);
  if (found === undefined) return { entries: [], counts: { unseen: 0, unread: 0, asOf: 0 } };
  const { said, counts, epoch } = found;
  return { entries: rowsOf(said).map(entryOf).map(written), counts, epoch };
}

/** Where a session stands, in one call. Who has no log gets one, so that the position has an epoch that stays. */
export async function openLog(store: Store, uid: string, start: Start): Promise<Standing> {
  const { epoch = "", seq = 0 } = start.from === "position" ? start.position : {};
  const args = [start.from, limits.recoveryEntries, limits.snapshotItems, epoch, seq] as const;
  const found = await store.ask<OpenSaid>("open", uid, ...args);
  if (found !== undefined) return standingOf(found, start);
  await store.begin(uid);
  return openLog(store, uid, start);
}

export async function readPage(
  store: Store,
  uid: string,
  of: HistoryKind,
  before: Seq,
  limit: number,
): Promise<History> {
  const found = await store.ask<Flat>("page", uid, INDEX[of], before, limit + 1);
  const items = itemsOf(found?.said ?? []);
  return { items: items.slice(-limit), end: items.length <= limit };
}

/** Ids that begin with `prefix`, whose rest comes after `after`. */
export function readDrafts(store: Store, author: string, prefix: string, after: string, limit: number) {
  const ids = `${store.keys.user(author)}:ids`;
  const range = [`(${prefix}${after}`, `(${prefix}${LAST}`];
  return store.send<readonly string[]>(["ZRANGE", ids, ...range, "BYLEX", "LIMIT", "0", String(limit)]);
}

type Flat = readonly (string | number)[];
type SnapshotSaid = readonly [notifications: Flat, sent: Flat, mutes: readonly string[], quiet: readonly string[]];
type OpenSaid = readonly [acked: number, floor: number, ...snapshot: SnapshotSaid | readonly []];

const INDEX = { notification: "notifications", sent: "sent", archived: "archived" } as const satisfies Record<
  HistoryKind,
  string
>;

function standingOf({ epoch, counts, said }: Answer<OpenSaid>, start: Start): Standing {
  const [acked, floor, ...snapshot] = said;
  const head = counts.asOf;
  const standing = (seq: Seq): Standing => ({ position: { epoch, seq }, head, counts });
  if (snapshot.length === 4) return { ...standing(head), snapshot: snapshotOf(snapshot, acked) };
  return standing(start.from === "position" ? start.position.seq : Math.max(acked, floor));
}

function snapshotOf([notifications, sent, mutes, quiet]: SnapshotSaid, acked: Seq): Snapshot {
  const [since, until] = quiet;
  return {
    notifications: itemsOf(notifications).filter((item) => item.kind === "notification"),
    sent: itemsOf(sent).filter((item) => item.kind === "sent"),
    acked,
    mutes: mutes.map(muteOf),
    ...(since !== undefined && { quiet: quietOf(Number(since), Number(until)) }),
  };
}

/** As the server keeps it: below zero, it was ended then. */
function quietOf(since: Seq, until: number): QuietTime {
  return until < 0 ? { since, until: -until, over: true } : { since, until };
}

/** As the server keeps it: `thread:` or `from:`, and a name that may have colons. */
function muteOf(member: string): MuteTarget {
  const colon = member.indexOf(":");
  const name = member.slice(colon + 1);
  return member.startsWith("thread:") ? { thread: name } : { from: name };
}

/** Newest first, as the server says them, to oldest first. */
function itemsOf(flat: Flat): readonly (Notification | Sent)[] {
  const entries = rowsOf(flat).map(entryOf).toReversed();
  return entries.filter((entry) => entry.kind === "notification" || entry.kind === "sent");
}

/** Comes after every character of an id. */
const LAST = "\u007f";
