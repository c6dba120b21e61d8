import type { Entry, Notification, Receipt, Sent, SentState, Snapshot } from "@carillon/protocol";
import type { Pending } from "./outbox.ts";

/** A draft of this user that the hub has stored, and what became of it. */
export type SentLine = Sent & { readonly state: SentState };

/** What the user has to see. Arrays are in order of their log, oldest first, and replaced only when they change. */
export type View = LogView & {
  /** Drafts that the hub has not taken, oldest first. */
  readonly pending: readonly Pending[];
};

/** The part of the view that the log says. */
export type LogView = { readonly notifications: readonly Notification[]; readonly sent: readonly SentLine[] };

/** Items of each kind that are kept; older ones are a matter of the log's history. */
export const VIEW_LIMIT = 1_000;

export const emptyView: LogView = { notifications: [], sent: [] };

/** What stands at a position. */
export function viewOf({ notifications, sent }: Snapshot): LogView {
  return { notifications, sent };
}

/** The view after these entries, which follow it without a gap. */
export function withEntries(view: LogView, entries: readonly Entry[]): LogView {
  return entries.reduce(withEntry, view);
}

/** Those of a snapshot that have rung nowhere: not acknowledged by any connection, and not in the view before. */
export function unrung(before: LogView, { notifications, acked }: Snapshot): readonly Notification[] {
  const shown = new Set(before.notifications.map(nameOf));
  return notifications.filter((notification) => notification.seq > acked && !shown.has(nameOf(notification)));
}

function withEntry(view: LogView, entry: Entry): LogView {
  switch (entry.kind) {
    case "notification":
      return { ...view, notifications: bounded([...view.notifications, entry]) };
    case "sent":
      return { ...view, sent: bounded([...view.sent, { ...entry, state: "stored" }]) };
    case "receipt":
      return withReceipt(view, entry);
    default:
      return entry satisfies never;
  }
}

function withReceipt(view: LogView, { ids, state }: Receipt): LogView {
  const concerned = new Set(ids);
  if (!view.sent.some(({ id }) => concerned.has(id))) return view;
  return { ...view, sent: view.sent.map((line) => (concerned.has(line.id) ? { ...line, state } : line)) };
}

function bounded<T>(items: readonly T[]): readonly T[] {
  return items.length > VIEW_LIMIT ? items.slice(-VIEW_LIMIT) : items;
}

/** (from, id) names a notification for ever, in every incarnation of the store. A uid holds no control character. */
function nameOf({ from, id }: Notification): string {
  return `${from}\u0000${id}`;
}
