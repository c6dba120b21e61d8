import type { Entry, Notification, Seq, Snapshot } from "@carillon/protocol";
import { stands } from "./log.ts";
import type { LogView } from "./view.ts";

/** P15: those of a snapshot that have rung nowhere: not acknowledged by any connection, and not in the view before. */
export function unrung(before: LogView, { notifications, acked }: Snapshot, now: number): readonly Notification[] {
  const shown = new Set(before.notifications.map(nameOf));
  return notifications.filter(
    (notification) => notification.seq > acked && mayRing(notification, now) && !shown.has(nameOf(notification)),
  );
}

/** P15: the notifications among entries, as they stand in the view after them. */
export function ringing(entries: readonly Entry[], after: LogView, now: number): readonly Notification[] {
  const arrived = new Set(entries.filter(({ kind }) => kind === "notification").map(({ seq }) => seq));
  if (arrived.size === 0) return [];
  return after.notifications.filter((notification) => arrived.has(notification.seq) && mayRing(notification, now));
}

/** Of these, which the view has held, those that may ring yet, as they stand now. */
export function stillRinging(
  notifications: readonly Notification[],
  { notifications: held }: LogView,
  now: number,
): readonly Notification[] {
  const standing = new Map(held.map((notification) => [notification.seq, notification]));
  const from = held[0]?.seq ?? 0;
  return notifications
    .map((notification) => standing.get(notification.seq) ?? notification)
    .filter((one) => (standing.has(one.seq) || one.seq < from) && mayRing(one, now)); // Else it was taken back.
}

/** P55: what came while it was quiet, would have rung, and is still unseen. */
export function silenced({ notifications }: LogView, since: Seq, now: number): readonly Notification[] {
  return notifications.filter((one) => one.seq > since && !ringsInQuiet(one) && mayRing(one, now));
}

/** P55, P37: what rings, quiet or not. */
export function ringsInQuiet({ priority }: Notification): boolean {
  return priority === "high";
}

/** Nobody saw it elsewhere, nobody took it back, its time is not over (P38), and it is meant to ring (P37, P52 to P54). */
function mayRing(notification: Notification, now: number): boolean {
  const { seen, read, archived, muted, snoozedUntil, priority, expiresAt = Infinity } = notification;
  const isDealtWith = seen === true || read === true || archived === true || snoozedUntil !== undefined;
  return stands(notification) && !isDealtWith && muted !== true && priority !== "low" && now < expiresAt;
}

/**
 * (from, id) names a notification for ever, in every incarnation of the store; each time that it comes again (P53) is another
 * occasion. A uid holds no control character.
 */
function nameOf({ from, id, wokenFrom }: Notification): string {
  return [from, id, wokenFrom?.seq ?? ""].join("\u0000");
}
