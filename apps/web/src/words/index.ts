import { useStore } from "zustand";
import { type Words, wordsIn } from "./catalogues.ts";
import { type Language, language } from "./language.ts";

export { type Words, wordsIn };

/** The words of the language that the page speaks. */
export function useWords(): Words {
  return wordsIn(useLanguage());
}

/** The language that the page speaks. */
export function useLanguage(): Language {
  return useStore(language);
}
