import { createStore } from "zustand/vanilla";
import { runChoice } from "./choice.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

// index.html reads the same key before the first paint.
const KEY = "carillon:theme";

export const theme = createStore<Theme>(() => "system");

/** Keeps `root` true to the theme that is chosen. */
export function runTheme(storage: Storage | undefined, root: HTMLElement): void {
  theme.subscribe((now) => {
    if (now === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = now;
  });
  runChoice(theme, { key: KEY, read: (kept) => THEMES.find((one) => one === kept) ?? "system" }, storage);
}
