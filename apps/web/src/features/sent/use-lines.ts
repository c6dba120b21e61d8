import { useMemo } from "react";
import { useStore } from "zustand";
import { view } from "../../store/view.ts";
import { type Line, linesOf } from "./lines.ts";

/** The lines of Sent, newest first. */
export function useLines(): readonly Line[] {
  const sent = useStore(view, (now) => now.sent);
  const pending = useStore(view, (now) => now.pending);
  const receipts = useStore(view, (now) => now.receipts);
  return useMemo(() => linesOf({ sent, pending, receipts }), [sent, pending, receipts]);
}
