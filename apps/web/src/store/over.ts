import { createStore } from "zustand/vanilla";

/** What can lie over the page. */
export type Layer = "inbox" | "settings" | "keys" | "row" | "time";

/** What does, in the order in which it was opened. */
export const over = createStore<readonly Layer[]>(() => []);

export function openOver(layer: Layer): void {
  over.setState((open) => [...open.filter((one) => one !== layer), layer], true);
}

export function closeOver(layer: Layer): void {
  over.setState((open) => (open.includes(layer) ? open.filter((one) => one !== layer) : open), true);
}

/** The page as it is, alone. */
export function closeAll(): void {
  over.setState([], true);
}

export function toggleOver(layer: Layer): void {
  if (over.getState().includes(layer)) closeOver(layer);
  else openOver(layer);
}
