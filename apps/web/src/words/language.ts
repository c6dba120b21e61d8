import { createStore } from "zustand/vanilla";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = "carillon:language";

/** The language the page speaks. */
export const language = createStore<Language>(() => "en");

/** The language to begin with: the one chosen before, else the first of the browser's that the page speaks. */
export function firstLanguage(chosen: string | null, preferred: readonly string[]): Language {
  const known = LANGUAGES.find((one) => one === chosen);
  if (known !== undefined) return known;
  for (const one of preferred) {
    const base = one.toLowerCase().split("-")[0];
    if (base === "zh") return "zh-CN";
    if (base === "en") return "en";
  }
  return "en";
}

/** Speaks this language from now on, in this browser. */
export function choose(chosen: Language, storage: Storage): void {
  language.setState(chosen, true);
  storage.setItem(KEY, chosen);
}

/** Begins with the remembered or the browser's language, and keeps the document's `lang` and `dir` true to it. */
export function speak(storage: Storage, preferred: readonly string[], root: HTMLElement): void {
  language.subscribe((now) => {
    root.lang = now;
    root.dir = "ltr";
  });
  language.setState(firstLanguage(storage.getItem(KEY), preferred), true);
}
