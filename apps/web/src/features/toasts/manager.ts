import { Toast } from "@base-ui/react/toast";
import type { Notification } from "@carillon/protocol";
import { caughtUp } from "../../store/caught-up.ts";
import { dismissCaughtUp, dismissEverywhere } from "../../store/dismissals.ts";
import { dismissMore, isHigh, none, type Toasts, toasts } from "../../store/toasts.ts";

/** What a toast shows: a notification, or the count of those that found no room. */
export type Shown = { readonly notification: Notification } | { readonly notification?: undefined };

/** Draws what stands in the store. */
export const manager = Toast.createToastManager<Shown>();

const MORE = "more";
/** What came while it was quiet. */
export const CAUGHT_UP = "caught-up";

/** Keeps the manager's toasts true to the store, and the store to what is closed on screen. Returns how to stop. */
export function runManager(): () => void {
  settle(toasts.getState(), none);
  settleCaughtUp(caughtUp.getState(), []);
  const stops = [toasts.subscribe(settle), caughtUp.subscribe(settleCaughtUp)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** It stands until somebody is done with it, or with all that came. */
function settleCaughtUp(now: readonly Notification[], before: readonly Notification[]): void {
  if (now.length > 0 && before.length === 0)
    manager.add({ id: CAUGHT_UP, type: CAUGHT_UP, timeout: 0, data: {}, onClose: closeCaughtUp });
  if (now.length === 0 && before.length > 0) manager.close(CAUGHT_UP);
}

function closeCaughtUp(): void {
  if (caughtUp.getState().length > 0) dismissCaughtUp();
}

// Those that left go first, so that at no time more stand than there is room for.
function settle(now: Toasts, before: Toasts): void {
  const keys = new Set(now.standing.map((one) => one.key));
  const known = new Map(before.standing.map((one) => [one.key, one.notification]));
  for (const { key } of before.standing) if (!keys.has(key)) manager.close(key);
  for (const { key, notification } of now.standing) {
    if (!known.has(key)) add(key, notification);
    else if (known.get(key) !== notification) manager.update(key, shownAs(notification));
  }
  if (now.more.length > 0 && before.more.length === 0) addMore();
  if (now.more.length === 0 && before.more.length > 0) manager.close(MORE);
}

function add(key: string, notification: Notification): void {
  const onClose = () => dismissEverywhere(key);
  manager.add({ id: key, timeout: 0, ...shownAs(notification), onClose });
}

/** Of high priority, it is read out at once; else when whoever listens has a moment (P37). */
function shownAs(notification: Notification) {
  const { from, text } = notification;
  const said = isHigh(notification) ? ({ priority: "high", title: from, description: text } as const) : {};
  return { data: { notification }, ...said };
}

function addMore(): void {
  manager.add({ id: MORE, type: MORE, timeout: 0, data: {}, onClose: closeMore });
}

function closeMore(): void {
  toasts.setState(dismissMore, true);
}
