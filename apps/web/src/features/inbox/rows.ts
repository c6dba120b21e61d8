import type { Notification, Seq } from "@carillon/protocol";
import type { Received } from "../../store/feed.ts";
import { keyOf } from "../../store/toasts.ts";
import { passes } from "./filter.ts";

/** One row of the feed. */
export type Row =
  /** A notification that stands alone. Open, its thread is attended: replies appear here. */
  | { readonly is: "single"; readonly key: string; readonly shown: Notification; readonly isOpen: boolean }
  /** Several of one thread: shows the newest, and the others below it while it is open. */
  | {
      readonly is: "group";
      readonly key: string;
      readonly shown: Notification;
      /** All that it stands for, newest first. */
      readonly members: readonly Notification[];
      /** Their authors, who replied last first. */
      readonly people: readonly string[];
      readonly unseen: number;
      readonly isOpen: boolean;
    }
  /** One of an open group that is not its newest. */
  | { readonly is: "member"; readonly key: string; readonly shown: Notification; readonly isLast: boolean };

/** The rows of what passes the filter: newest first, those of one thread in one place, that of its newest; one that is open stays where it was opened. */
export function rowsOf(
  notifications: readonly Notification[],
  filter: Received,
  open: ReadonlyMap<string, Seq>,
): readonly Row[] {
  return inPlace(threadsOf(notifications, filter), open).flatMap((members) => rowsOfThread(members, open));
}

/** The notifications that what is done to a row is done to. */
export function meantBy(row: Row): readonly Notification[] {
  return row.is === "group" ? row.members : [row.shown];
}

type Thread = [Notification, ...Notification[]];

/** Newest first, both the threads and what is in them. What belongs to none is a thread of its own. */
function threadsOf(notifications: readonly Notification[], filter: Received): readonly Thread[] {
  const threads: Thread[] = [];
  const known = new Map<string, Thread>();
  for (let index = notifications.length - 1; index >= 0; index--) {
    const one = notifications[index];
    if (one === undefined || !passes(one, filter)) continue;
    const begun = one.thread === undefined ? undefined : known.get(one.thread);
    if (begun !== undefined) {
      begun.push(one);
      continue;
    }
    const thread: Thread = [one];
    threads.push(thread);
    if (one.thread !== undefined) known.set(one.thread, thread);
  }
  return threads;
}

/** What comes in an open thread comes before its reader's eyes: it moves nothing until the thread is closed. */
function inPlace(threads: readonly Thread[], open: ReadonlyMap<string, Seq>): readonly Thread[] {
  if (open.size === 0) return threads;
  const placeOf = ([newest]: Thread) => Math.min(newest.seq, open.get(keyOfThread(newest)) ?? Infinity);
  const moved = threads.filter((thread) => placeOf(thread) < thread[0].seq);
  if (moved.length === 0) return threads;
  const placed = threads.filter((thread) => !moved.includes(thread));
  for (const thread of moved) {
    const after = placed.findIndex(([newest]) => newest.seq < placeOf(thread));
    placed.splice(after === -1 ? placed.length : after, 0, thread);
  }
  return placed;
}

function keyOfThread(newest: Notification): string {
  return newest.thread === undefined ? keyOf(newest) : threadKey(newest.thread);
}

function rowsOfThread(members: Thread, open: ReadonlyMap<string, Seq>): readonly Row[] {
  const [shown, ...others] = members;
  const key = keyOfThread(shown);
  const isOpen = shown.thread !== undefined && open.has(key);
  if (others.length === 0) return [{ is: "single", key, shown, isOpen }];
  const people = [...new Set(members.map(({ from }) => from))];
  const unseen = members.filter(({ seen, read }) => !seen && !read).length;
  const group: Row = { is: "group", key, shown, members, people, unseen, isOpen };
  if (!isOpen) return [group];
  const last = others.at(-1);
  return [group, ...others.map((one): Row => ({ is: "member", key: keyOf(one), shown: one, isLast: one === last }))];
}

/**
 * The key of a thread's row, which stays the same one when it becomes a group. A draft's id holds no colon: no notification's key
 * is like it.
 */
export function threadKey(thread: string): string {
  return `thread:${thread}`;
}
