import { createStore } from "zustand/vanilla";

/** This machine's time in milliseconds since 1970, for everything on the page that ages. One clock ticks for all. */
export const clock = createStore<number>(() => Date.now());

/** Ticks every second, and at once when the page comes back into sight (timers sleep in hidden tabs). Returns how to stop. */
export function runClock(page: Document): () => void {
  const tick = () => clock.setState(Date.now(), true);
  const timer = setInterval(tick, 1_000);
  page.addEventListener("visibilitychange", tick);
  return () => {
    clearInterval(timer);
    page.removeEventListener("visibilitychange", tick);
  };
}
