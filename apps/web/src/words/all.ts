import { type AllWords, learntIn } from "./catalogues.ts";
import { en } from "./en.ts";
import { further } from "./en-further.ts";
import { useLanguage } from "./index.ts";
import type { Language } from "./language.ts";

export type { AllWords };

const all: AllWords = { ...en, ...further };

/** The words of the language that the page speaks, with those for what is not needed at first. */
export function useAllWords(): AllWords {
  return allWordsIn(useLanguage());
}

export function allWordsIn(one: Language): AllWords {
  return learntIn(one) ?? all;
}
