import { createStore } from "zustand/vanilla";
import { keep } from "../storage.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

// public/theme.js reads the same key before the first paint.
const KEY = "carillon:theme";

export const theme = createStore<Theme>(() => "system");

/** Begins with the remembered theme; from then on each change is remembered and shown on `root`. */
export function runTheme(storage: Storage | undefined, root: HTMLElement): void {
  const remembered = THEMES.find((one) => one === storage?.getItem(KEY)) ?? "system";
  theme.subscribe((now) => {
    keep(storage, KEY, now);
    if (now === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = now;
  });
  theme.setState(remembered, true);
}
