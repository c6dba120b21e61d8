/** Calls back when a connection is worth a look: the network came back, the page became visible. Returns what stops it. */
export type WakeHints = (onWake: () => void) => () => void;

/** The hints that this platform gives; none outside browsers. */
export const platformWakeHints: WakeHints = (onWake) => {
  if (typeof window === "undefined") return () => {};
  const onVisibility = () => {
    if (document.visibilityState === "visible") onWake();
  };
  window.addEventListener("online", onWake);
  window.addEventListener("pageshow", onWake);
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    window.removeEventListener("online", onWake);
    window.removeEventListener("pageshow", onWake);
    document.removeEventListener("visibilitychange", onVisibility);
  };
};
