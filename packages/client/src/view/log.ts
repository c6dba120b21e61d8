import { type Counts, limits, type Notification, type Seq, type Snapshot } from "@carillon/protocol";
import { kept } from "./items.ts";
import { type LogView, VIEW_LIMIT } from "./view.ts";

/** What a client holds of its user's log. Pure: every change gives another one, with the arrays that did not change. */
export type Log = LogView & {
  readonly uid: string;
  /** Of each kind, everything from this seq on is here: what is before it is older history. 0 when `complete`. */
  readonly from: OfKinds<Seq>;
  /** Items of each kind that are kept: `VIEW_LIMIT`, and a page more for each time that older ones were asked for. */
  readonly room: OfKinds<number>;
};

export type Kind = "notification" | "sent";
type Item = { readonly seq: Seq };
type OfKinds<T> = { readonly [K in Kind]: T };

/** Before the first welcome nothing is known. */
export const emptyLog: Log = {
  uid: "",
  notifications: [],
  sent: [],
  counts: undefined,
  from: { notification: Infinity, sent: Infinity },
  room: { notification: VIEW_LIMIT, sent: VIEW_LIMIT },
  complete: { notification: false, sent: false },
};

/** What stands at a position. */
export function viewOf(uid: string, { notifications, sent }: Snapshot, counts: Counts): Log {
  const from = { notification: beginningOf(notifications), sent: beginningOf(sent) };
  return reaching(from, { ...emptyLog, uid, notifications: kept(notifications, stands), sent, counts });
}

/** The log with this `from`, and what follows from it. */
export function reaching(from: OfKinds<Seq>, log: Log): Log {
  const complete = { notification: from.notification === 0, sent: from.sent === 0 };
  const isSame = complete.notification === log.complete.notification && complete.sent === log.complete.sent;
  return { ...log, from, complete: isSame ? log.complete : complete };
}

/** The log within its room: the newest items of each kind. What is pushed out is older history then. */
export function cropped(log: Log): Log {
  const notifications = newest(log.notifications, log.room.notification);
  const sent = newest(log.sent, log.room.sent);
  const from = {
    notification: notifications === log.notifications ? log.from.notification : seqOf(notifications),
    sent: sent === log.sent ? log.from.sent : seqOf(sent),
  };
  return reaching(from, { ...log, notifications, sent });
}

/** A retracted notification is none for its recipient (P26). */
export function stands({ retracted: isRetracted }: Notification): boolean {
  return isRetracted !== true;
}

/** A snapshot that is not full holds all that there is. */
function beginningOf(items: readonly Item[]): Seq {
  return items.length < limits.snapshotItems ? 0 : seqOf(items);
}

function newest<I>(items: readonly I[], room: number): readonly I[] {
  return items.length > room ? items.slice(-room) : items;
}

/** Of the oldest; of none, there is nothing before them. */
function seqOf([oldest]: readonly Item[]): Seq {
  return oldest?.seq ?? 0;
}
