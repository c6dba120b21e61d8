import { useStore } from "zustand";
import { en } from "./en.ts";
import { type Language, language } from "./language.ts";
import { zhCN } from "./zh-CN.ts";

/** What a catalogue holds. */
export type Words = typeof en;

const CATALOGUES: Readonly<Record<Language, Words>> = { en, "zh-CN": zhCN };

/** The words of a language. */
export function wordsIn(one: Language): Words {
  return CATALOGUES[one];
}

/** The words of the language that the page speaks. */
export function useWords(): Words {
  return wordsIn(useLanguage());
}

/** The language that the page speaks. */
export function useLanguage(): Language {
  return useStore(language);
}
