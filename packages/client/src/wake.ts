import { systemClock } from "./clock.ts";
import { afterSleep } from "./sleep.ts";

/**
 * Calls `onWake` when a connection is worth a look: the network came back, the page became visible or came back into use; and
 * `onRest` when the page goes out of use, and should be without a socket until it wakes up. Returns what stops it.
 */
export type WakeHints = (onWake: () => void, onRest: () => void) => () => void;

/** The hints that this platform gives; none outside browsers. */
export const platformWakeHints: WakeHints = (onWake, onRest) => {
  if (typeof window === "undefined") return () => {};
  const listening = new AbortController();
  const { signal } = listening;
  window.addEventListener("online", onWake, { signal });
  window.addEventListener("pageshow", onWake, { signal });
  window.addEventListener("pagehide", onRest, { signal });
  // Of the Page Lifecycle, as the browser freezes or thaws a tab in the background.
  document.addEventListener("resume", onWake, { signal });
  document.addEventListener("freeze", onRest, { signal });
  const stopLooking = whileVisible(() => {
    onWake();
    return afterSleep(systemClock, onWake);
  });
  return () => {
    listening.abort();
    stopLooking();
  };
};

/** Begins whenever the page is, or becomes, visible; what that returns ends it. */
function whileVisible(begin: () => () => void): () => void {
  let end = () => {};
  const look = () => {
    end();
    end = document.visibilityState === "visible" ? begin() : () => {};
  };
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    end();
  };
}
