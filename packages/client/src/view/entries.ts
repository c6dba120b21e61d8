import type { Counts, Entry, Seq } from "@carillon/protocol";
import { edited, kept, marked, receipted, retracted } from "./items.ts";
import { cropped, type Log, reaching, stands } from "./log.ts";

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
  const { notifications, sent } = log;
  switch (entry.kind) {
    case "notification":
      return stands(entry) ? cropped({ ...log, notifications: appended(notifications, entry) }) : log;
    case "sent":
      return cropped({ ...log, sent: appended(sent, entry) });
    case "receipt":
      return { ...log, sent: receipted(sent, entry) };
    case "mark":
      return { ...log, notifications: marked(notifications, entry.mark, entry.target) };
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

/** The log where the draft of this author and id says something else, in the log of either end. */
export function withEdit(log: Log, from: string, id: string, text: string): Log {
  const notifications = edited(log.notifications, (item) => item.id === id && item.from === from, text);
  const sent = from === log.uid ? edited(log.sent, (line) => line.id === id, text) : log.sent;
  return { ...log, notifications, sent };
}

/** The log where the draft of this author and id is taken back, in the log of either end. */
export function withRetraction(log: Log, from: string, id: string): Log {
  const notifications = kept(log.notifications, (item) => item.id !== id || item.from !== from);
  const sent = from === log.uid ? retracted(log.sent, id) : log.sent;
  return { ...log, notifications, sent };
}

/** P28: nothing up to there is in the log any more; so whoever holds all after it holds all. */
function trimmed(log: Log, upTo: Seq): Log {
  const isAfter = ({ seq }: Item) => seq > upTo;
  const beginning = (from: Seq) => (from <= upTo + 1 ? 0 : from);
  const from = { notification: beginning(log.from.notification), sent: beginning(log.from.sent) };
  return reaching(from, { ...log, notifications: kept(log.notifications, isAfter), sent: kept(log.sent, isAfter) });
}
