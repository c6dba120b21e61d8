import { useSyncExternalStore } from "react";

// The stylesheet's `wide` breakpoint.
const wide = matchMedia("(width >= 960px)");

/** Whether only one pane fits. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => !wide.matches);
}

function subscribe(onChange: () => void): () => void {
  wide.addEventListener("change", onChange);
  return () => wide.removeEventListener("change", onChange);
}
