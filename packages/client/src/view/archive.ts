import type { MarkTarget, Seq } from "@carillon/protocol";
import { cropped, type Log, reaching } from "./log.ts";

/**
 * The log with its list of what is archived such as its notifications say (P52), from a seq on: those that are in both lists are the
 * same objects.
 */
export function withArchive(log: Log, from: Seq = log.from.archived): Log {
  const older = log.archived.filter(
    ({ seq, archived }) => archived === true && seq >= from && seq < log.from.notification,
  );
  const held = log.notifications.filter(({ seq, archived }) => archived === true && seq >= from);
  const archived = same(log.archived, [...older, ...held]);
  if (archived === log.archived && from === log.from.archived) return log;
  return cropped(reaching({ ...log.from, archived: from }, { ...log, archived }));
}

/** From where on the list can tell what is archived, once these are: of what the log does not hold, it knows nothing. */
export function archivedFrom(log: Log, target: MarkTarget): Seq {
  return Math.max(log.from.archived, lastUnknown(log, target) + 1);
}

function lastUnknown({ from, archived }: Log, target: MarkTarget): Seq {
  const last = from.notification - 1;
  if ("upTo" in target) return Math.min(target.upTo, last);
  const held = new Set(archived.map(({ seq }) => seq));
  return Math.max(-1, ...target.seqs.filter((seq) => seq <= last && !held.has(seq)));
}

function same<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return after.length === before.length && after.every((item, index) => item === before[index]) ? before : after;
}
