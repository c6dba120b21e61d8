import type { Counts, Entry, Position, Seq, Snapshot } from "@carillon/protocol";
import type { Hub } from "./hub.ts";
import { readOrRefused, type RefusedOutcome } from "./outcome.ts";
import { entryIn } from "./written.ts";

/** Where to read a log: after a seq, before one, or at its newest end. */
export type Place = { readonly after: Seq } | { readonly before: Seq } | { readonly at: "end" };

/** A stretch of a user's log, oldest first. `position`: of its last entry, or where it would be. `counts.asOf` is the log's head. */
export type Stretch = { readonly position: Position; readonly counts: Counts; readonly entries: readonly Entry[] };

/** Up to `limit` entries of a user's log, without being one of the user's connections: nothing is delivered by it. */
export async function readLog(hub: Hub, uid: string, place: Place, limit: number): Promise<Outcome<Stretch>> {
  const standing = await readOrRefused(hub.inbox.open(uid, { from: "acked" }));
  if (standing.outcome === "refused") return standing;
  const { position, head } = standing.value;
  const before = "after" in place ? undefined : "before" in place ? place.before : head + 1;
  const after = "after" in place ? place.after : Math.max(0, (before ?? 0) - 1 - limit);

  const read = await readOrRefused(hub.inbox.read(uid, after, limit));
  if (read.outcome === "refused") return read;
  const { counts } = read.value;
  const entries = read.value.entries.filter(({ seq }) => before === undefined || seq < before).map(entryIn);
  const seq = entries.at(-1)?.seq ?? Math.max(0, (before ?? after + 1) - 1);
  return { outcome: "read", value: { position: { epoch: position.epoch, seq }, counts, entries } };
}

/** What a user has not seen, not read. */
export async function readCounts(hub: Hub, uid: string): Promise<Outcome<Counts>> {
  const standing = await readOrRefused(hub.inbox.open(uid, { from: "acked" }));
  return standing.outcome === "refused" ? standing : { outcome: "read", value: standing.value.counts };
}

/** What a user wants no bell for. */
export async function readSilence(hub: Hub, uid: string): Promise<Outcome<Pick<Snapshot, "mutes" | "quiet">>> {
  const standing = await readOrRefused(hub.inbox.open(uid, { from: "snapshot" }));
  if (standing.outcome === "refused") return standing;
  const { mutes = [], quiet } = standing.value.snapshot ?? {};
  return { outcome: "read", value: { mutes, ...(quiet !== undefined && { quiet }) } };
}

type Outcome<T> = { readonly outcome: "read"; readonly value: T } | RefusedOutcome;
