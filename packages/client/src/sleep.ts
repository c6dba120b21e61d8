import type { Clock } from "./clock.ts";

/** Calls when the machine has slept: time went on, and timers did not. Not every platform says so otherwise. Returns what stops it. */
export function afterSleep(clock: Clock, call: () => void): () => void {
  let cancel = () => {};
  const arm = () => {
    const due = clock.now() + TICK_MS;
    cancel = clock.after(TICK_MS, () => {
      const late = clock.now() - due;
      arm(); // First: the call may stop it.
      if (late >= SLEPT_MS) call();
    });
  };
  arm();
  return () => cancel();
}

/** How soon after a sleep it is noticed. */
const TICK_MS = 500;
/** A timer as late as this slept; less late, the page was only busy. */
const SLEPT_MS = 5_000;
