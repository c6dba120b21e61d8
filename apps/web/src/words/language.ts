import { createStore } from "zustand/vanilla";
import { keep, onKept } from "../storage.ts";
import { learn } from "./catalogues.ts";

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

/** Speaks this language from now on, in this browser, once its words are here. */
export async function choose(chosen: Language, storage: Storage | undefined): Promise<void> {
  if (!(await learn(chosen))) return;
  language.setState(chosen, true);
  keep(storage, KEY, chosen);
}

/**
 * Begins with the remembered or the browser's language, and keeps the document's `lang` and `dir` true to it. Resolves when its
 * words are here, or cannot be had.
 */
export async function speak(
  storage: Storage | undefined,
  preferred: readonly string[],
  root: HTMLElement,
): Promise<void> {
  language.subscribe((now) => {
    root.lang = now;
    root.dir = "ltr";
  });
  onKept(KEY, (chosen) => {
    const other = firstLanguage(chosen, preferred);
    void learn(other).then((known) => known && language.setState(other, true));
  });
  const first = firstLanguage(storage?.getItem(KEY) ?? null, preferred);
  if (await learn(first)) language.setState(first, true);
}
