import type { Counts, Entry, MarkName, MarkTarget, Notification, Seq } from "@carillon/protocol";
import { archivedFrom, withArchive } from "./archive.ts";
import { edited, kept, marked, receipted, retracted, snoozed } from "./items.ts";
import { cropped, type Log, reaching, stands } from "./log.ts";
import { withMute } from "./silence.ts";

type Item = { readonly seq: Seq };

/** The log after these entries, which follow it without a gap or are in it already (P10). */
export function withEntries(log: Log, entries: readonly Entry[], counts?: Counts): Log {
  const after = entries.reduce(withEntry, log);
  if (counts === undefined || !isNews(counts, after.counts)) return after;
  return { ...after, counts };
}

/** P25: only the hub counts, and what it counted before is old. */
function isNews(counts: Counts, shown: Counts | undefined): boolean {
  if (shown === undefined || counts.asOf > shown.asOf) return true;
  return counts.asOf === shown.asOf && (counts.unseen !== shown.unseen || counts.unread !== shown.unread);
}

function withEntry(log: Log, entry: Entry): Log {
  const { sent } = log;
  switch (entry.kind) {
    case "notification":
      return withNotification(log, entry);
    case "sent":
      return cropped({ ...log, sent: appended(sent, entry) });
    case "receipt":
      return { ...log, sent: receipted(sent, entry) };
    case "mark":
      return withMark(log, entry.mark, entry.target);
    case "snooze":
      return withSnooze(log, entry.seqs, entry.until);
    case "mute":
      return { ...log, mutes: withMute(log.mutes, entry.target, entry.muted) };
    case "quiet":
      return { ...log, quiet: entry.quiet };
    case "edit":
      return withEdit(log, entry.from, entry.id, entry.text);
    case "retraction":
      return withRetraction(log, entry.from, entry.id);
    case "trim":
      return trimmed(log, entry.upTo);
    default:
      return entry satisfies never;
  }
}

/** Items with one more, unless they hold it: what stands there already is given again sometimes (P10). */
function appended<I extends Item>(items: readonly I[], item: I): readonly I[] {
  return item.seq > (items.at(-1)?.seq ?? 0) ? [...items, item] : items;
}

/** P53: what was put off comes again, and is not where it was any more, though it may have gone on from here. */
function withNotification(log: Log, entry: Notification): Log {
  const was = entry.wokenFrom?.seq;
  const before = was === undefined ? log : changed(log, (items) => kept(items, ({ seq }) => seq !== was));
  if (!stands(entry)) return before;
  const after = cropped({ ...before, notifications: appended(before.notifications, entry) });
  return entry.archived ? withArchive(after) : after;
}

/** The log where these are marked. */
export function withMark(log: Log, mark: MarkName, target: MarkTarget): Log {
  const from = mark === "archived" ? archivedFrom(log, target) : log.from.archived;
  return changed(log, (items) => marked(items, mark, target), from);
}

/** The log where these are put off until then, or not any more. */
export function withSnooze(log: Log, seqs: readonly Seq[], until: number | undefined): Log {
  return changed(log, (items) => snoozed(items, seqs, until));
}

/** The log where the draft of this author and id says something else, in the log of either end. */
export function withEdit(log: Log, from: string, id: string, text: string): Log {
  const isMeant = (item: Notification) => item.id === id && item.from === from;
  const sent = from === log.uid ? edited(log.sent, (line) => line.id === id, text) : log.sent;
  return changed({ ...log, sent }, (items) => edited(items, isMeant, text));
}

/** The log where the draft of this author and id is taken back, in the log of either end. */
export function withRetraction(log: Log, from: string, id: string): Log {
  const isOther = (item: Notification) => item.id !== id || item.from !== from;
  const sent = from === log.uid ? retracted(log.sent, id) : log.sent;
  return changed({ ...log, sent }, (items) => kept(items, isOther));
}

/** P28: nothing up to there is in the log any more; so whoever holds all after it holds all. */
function trimmed(log: Log, upTo: Seq): Log {
  const isAfter = ({ seq }: Item) => seq > upTo;
  const beginning = (from: Seq) => (from <= upTo + 1 ? 0 : from);
  const { notification, sent, archived } = log.from;
  const from = { notification: beginning(notification), sent: beginning(sent), archived: beginning(archived) };
  const after = changed({ ...log, sent: kept(log.sent, isAfter) }, (items) => kept(items, isAfter));
  return reaching(from, after);
}

/** The log with its notifications changed, in whichever list they are; `from`: where its list of what is archived begins then. */
function changed(
  log: Log,
  change: (items: readonly Notification[]) => readonly Notification[],
  from: Seq = log.from.archived,
): Log {
  const notifications = change(log.notifications);
  const archived = change(log.archived);
  if (notifications === log.notifications && archived === log.archived && from === log.from.archived) return log;
  return withArchive({ ...log, notifications, archived }, from);
}
