import { useStore } from "zustand";
import { pane } from "../../store/pane.ts";
import { useNarrow } from "./use-narrow.ts";

/** Whether the inbox stands on the page: always where both panes fit, else when its tab is in front. */
export function useInboxInSight(): boolean {
  const isInFront = useStore(pane, (front) => front === "inbox");
  return !useNarrow() || isInFront;
}
