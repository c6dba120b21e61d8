import type { Notification } from "@carillon/protocol";
import { mark } from "../../hub.ts";
import { forgetUndo, offerUndo, undo } from "../../store/undo.ts";
import { unreadIn, view } from "../../store/view.ts";

/** Marks these read. Many at once can be taken back. */
export function markRead(some: readonly Notification[]): void {
  const seqs = seqsOf(some.filter(({ read }) => !read));
  if (seqs.length === 0) return;
  mark("read", { seqs });
  if (seqs.length > 1) offerUndo({ seqs, count: seqs.length });
}

/** Marks these unread. */
export function markUnread(some: readonly Notification[]): void {
  const seqs = seqsOf(some.filter(({ read }) => read));
  if (seqs.length > 0) mark("unread", { seqs });
}

/** Marks all read that stand here now; what lands later stays unread (P23). */
export function markAllRead(): void {
  const now = view.getState();
  const newest = now.notifications.at(-1);
  if (newest === undefined) return;
  const seqs = seqsOf(now.notifications.filter(({ read }) => !read));
  // The hub's count lags behind what was marked just now; where everything is here, it is not needed.
  const count = now.complete.notification ? seqs.length : Math.max(unreadIn(now), seqs.length);
  mark("read", { upTo: newest.seq });
  if (seqs.length > 0) offerUndo({ seqs, count });
}

/** Makes unread again exactly those that were. */
export function undoMarking(): void {
  const offer = undo.getState();
  if (offer === undefined) return;
  forgetUndo();
  mark("unread", { seqs: [...offer.seqs] });
}

function seqsOf(some: readonly Notification[]): number[] {
  return some.map(({ seq }) => seq);
}
