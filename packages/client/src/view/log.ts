import { type Counts, HistoryKind, limits, type Notification, type Seq, type Snapshot } from "@carillon/protocol";
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

type Item = { readonly seq: Seq };
type OfKinds<T> = { readonly [K in HistoryKind]: T };

/** Before the first welcome nothing is known. */
export const emptyLog: Log = {
  uid: "",
  notifications: [],
  archived: [],
  sent: [],
  counts: undefined,
  mutes: [],
  quiet: undefined,
  from: { notification: Infinity, sent: Infinity, archived: Infinity },
  room: { notification: VIEW_LIMIT, sent: VIEW_LIMIT, archived: VIEW_LIMIT },
  complete: { notification: false, sent: false, archived: false },
};

/** What stands at a position. */
export function viewOf(uid: string, snapshot: Snapshot, counts: Counts): Log {
  const { sent, mutes, quiet } = snapshot;
  const beginning = beginningOf(snapshot.notifications);
  const from = { notification: beginning, sent: beginningOf(sent), archived: beginning };
  const notifications = kept(snapshot.notifications, stands);
  const archived = notifications.filter((item) => item.archived === true);
  return reaching(from, { ...emptyLog, uid, notifications, archived, sent, counts, mutes, quiet });
}

/** The log with this `from`, and what follows from it. */
export function reaching(from: OfKinds<Seq>, log: Log): Log {
  const complete = { notification: from.notification === 0, sent: from.sent === 0, archived: from.archived === 0 };
  const isSame = HistoryKind.options.every((kind) => complete[kind] === log.complete[kind]);
  return { ...log, from, complete: isSame ? log.complete : complete };
}

/** The log within its room: the newest items of each kind. What is pushed out is older history then. */
export function cropped(log: Log): Log {
  const notifications = newest(log.notifications, log.room.notification);
  const sent = newest(log.sent, log.room.sent);
  const archived = newest(log.archived, log.room.archived);
  const from = {
    notification: notifications === log.notifications ? log.from.notification : seqOf(notifications),
    sent: sent === log.sent ? log.from.sent : seqOf(sent),
    archived: archived === log.archived ? log.from.archived : seqOf(archived),
  };
  return reaching(from, { ...log, notifications, sent, archived });
}

/** For its recipient, a retracted notification is none (P26), nor is what is left where one was put off (P53). */
export function stands({ retracted: isRetracted, wokenAs }: Notification): boolean {
  return isRetracted !== true && wokenAs === undefined;
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
