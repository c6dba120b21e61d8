import type { StoreApi } from "zustand/vanilla";
import { pass, type Toasts } from "./toasts.ts";

const PERIOD = 200;

/** What lets the time of toasts run, from outside of this room. */
export type ToastTime = {
  /** While a pointer or the keyboard is on the toasts, nothing leaves. */
  hold(by: Holder, held: boolean): void;
  stop(): void;
};

export type Holder = "pointer" | "keyboard";

/** Lets the time of toasts run while there are any, the page is in sight and nobody holds them. */
export function runToastTime(toasts: StoreApi<Toasts>, inSight: () => boolean): ToastTime {
  const holders = new Set<Holder>();
  let timer: ReturnType<typeof setInterval> | undefined;

  const tick = () => {
    if (holders.size === 0 && inSight()) toasts.setState(pass(toasts.getState(), PERIOD), true);
  };
  const rest = () => {
    clearInterval(timer);
    timer = undefined;
    holders.clear(); // What is gone cannot be let go of.
  };
  const unsubscribe = toasts.subscribe(({ standing, more }) => {
    if (standing.length === 0 && more.length === 0) rest();
    else timer ??= setInterval(tick, PERIOD);
  });

  return {
    hold: (by, held) => {
      if (held) holders.add(by);
      else holders.delete(by);
    },
    stop: () => {
      unsubscribe();
      rest();
    },
  };
}
