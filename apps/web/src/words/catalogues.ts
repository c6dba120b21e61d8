import { en } from "./en.ts";
import type { Language } from "./language.ts";

/** What a catalogue holds. */
export type Words = typeof en;

// English is part of the page; of the others nobody needs more than one.
const OTHERS: Readonly<Record<Exclude<Language, "en">, () => Promise<Words>>> = {
  "zh-CN": async () => (await import("./zh-CN.ts")).zhCN,
};

const known = new Map<Language, Words>([["en", en]]);

/** The words of a language that the page has learnt; English before it has. */
export function wordsIn(one: Language): Words {
  return known.get(one) ?? en;
}

/** Fetches the words of a language, unless they are here. Whether they are now. */
export async function learn(one: Language): Promise<boolean> {
  if (one === "en" || known.has(one)) return true;
  try {
    known.set(one, await OTHERS[one]());
    return true;
  } catch (error) {
    console.error(error); // A hub that went away meanwhile: the page goes on in the words that it has.
    return false;
  }
}
