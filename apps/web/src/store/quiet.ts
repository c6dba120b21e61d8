import { isQuiet } from "@carillon/protocol";
import { useStore } from "zustand";
import { clock } from "./clock.ts";
import { view } from "./view.ts";

const DAY = 24 * 60 * 60_000;

/** How far ahead it ends by itself what is to last until somebody ends it: within the year that the hub allows (P55). */
const WITHOUT_END = 360 * DAY;

/** An end for what is to last until somebody ends it. */
export function withoutEnd(now: number): number {
  return now + WITHOUT_END;
}

/** Whether an end was meant as none; also months later. */
export function isWithoutEnd(until: number, now: number): boolean {
  return until - now > WITHOUT_END / 4;
}

/** Until when it is quiet, in milliseconds since 1970; undefined if it is not. */
export function useQuiet(): number | undefined {
  const quiet = useStore(view, (now) => now.quiet);
  const isOver = useStore(clock, (now) => !isQuiet(quiet, now));
  return isOver ? undefined : quiet?.until;
}
