import type { Notification } from "@carillon/protocol";
import { mark } from "../../hub.ts";
import { DWELL_MS } from "../../store/dwell.ts";
import { toasts } from "../../store/toasts.ts";

// A toast passes by, and is not seen by that; but what a pointer or the keyboard rests on for a second is (P23).

let timer: ReturnType<typeof setTimeout> | undefined;

/** A pointer or the keyboard came to a toast. */
export function restOn(notification: Notification): void {
  leaveRest();
  timer = setTimeout(() => onRested(notification.seq), DWELL_MS);
}

/** It left. */
export function leaveRest(): void {
  clearTimeout(timer);
}

function onRested(seq: number): void {
  if (document.visibilityState !== "visible") return;
  const now = toasts.getState().standing.find((one) => one.notification.seq === seq)?.notification;
  if (now !== undefined && !now.seen && !now.read) mark("seen", { seqs: [seq] });
}
