import type { Notification } from "@carillon/protocol";
import { mark, snooze } from "../../hub.ts";
import { forgetUndo, offerUndo, type Undo, undo } from "../../store/undo.ts";
import { unreadIn, view } from "../../store/view.ts";
import { isUnread, passes } from "./filter.ts";

/** Marks these read. Many at once can be taken back. */
export function markRead(some: readonly Notification[]): void {
  const seqs = seqsOf(some.filter(({ read }) => !read));
  if (seqs.length === 0) return;
  mark("read", { seqs });
  if (seqs.length > 1) offerUndo({ did: "read", seqs, count: seqs.length });
}

/** Marks these unread. */
export function markUnread(some: readonly Notification[]): void {
  const seqs = seqsOf(some.filter(({ read }) => read));
  if (seqs.length > 0) mark("unread", { seqs });
}

/** Takes these out of the way. They leave the inbox: so also a single one can be taken back. */
export function archive(some: readonly Notification[]): void {
  const seqs = seqsOf(some.filter(({ archived }) => !archived));
  if (seqs.length === 0) return;
  mark("archived", { seqs });
  offerUndo({ did: "archived", seqs, count: seqs.length });
}

/** Puts these back into the inbox, read or unread as they were. */
export function unarchive(some: readonly Notification[]): void {
  const seqs = seqsOf(some.filter(({ archived }) => archived));
  if (seqs.length > 0) mark("unarchived", { seqs });
}

/** Puts these off until then (milliseconds since 1970). */
export function putOff(some: readonly Notification[], until: number): void {
  const seqs = seqsOf(some);
  const before = new Map(some.flatMap(({ seq, snoozedUntil: at }) => (at === undefined ? [] : [[seq, at] as const])));
  snooze(seqs, until);
  offerUndo({ did: "snoozed", before, seqs, count: seqs.length });
}

/** Puts these off no more. */
export function wake(some: readonly Notification[]): void {
  const seqs = seqsOf(some.filter(({ snoozedUntil }) => snoozedUntil !== undefined));
  if (seqs.length > 0) snooze(seqs);
}

/** The read ones that stand in the inbox here; older ones that were not fetched are not known to be read. */
export function readInInbox(notifications: readonly Notification[]): readonly Notification[] {
  return notifications.filter((one) => one.read && passes(one, "all"));
}

/** Marks all read that stand here now; what lands later stays unread (P23). */
export function markAllRead(): void {
  const now = view.getState();
  const newest = now.notifications.at(-1);
  if (newest === undefined) return;
  const shown = seqsOf(now.notifications.filter(isUnread));
  const unread = seqsOf(now.notifications.filter(({ read }) => !read));
  // The hub's count lags behind what was marked just now; where everything is here, it is not needed.
  const isHere = now.complete.notification || unreadIn(now) <= shown.length;
  // What is out of the way stays as it is, where all that is meant can be named.
  const seqs = isHere ? shown : unread;
  const count = isHere ? seqs.length : Math.max(unreadIn(now) + unread.length - shown.length, seqs.length);
  mark("read", isHere && unread.length > shown.length ? { seqs } : { upTo: newest.seq });
  if (seqs.length > 0) offerUndo({ did: "read", seqs, count });
}

/** Takes back what is offered to be: exactly those that changed are as they were. */
export function takeBack(): void {
  const offer = undo.getState();
  if (offer === undefined) return;
  forgetUndo();
  const seqs = [...offer.seqs];
  switch (offer.did) {
    case "read":
      return mark("unread", { seqs });
    case "archived":
      return mark("unarchived", { seqs });
    case "snoozed":
      return snoozeAsBefore(offer);
    default:
      offer satisfies never;
  }
}

/** Puts off again what was put off before, and the rest no more. What should have come meanwhile comes now. */
function snoozeAsBefore({ seqs, before }: Extract<Undo, { did: "snoozed" }>): void {
  const now = Date.now();
  const former = Map.groupBy(seqs, (seq) => before.get(seq));
  for (const [until, some] of former) snooze(some, until !== undefined && until > now ? until : undefined);
}

function seqsOf(some: readonly Notification[]): number[] {
  return some.map(({ seq }) => seq);
}
