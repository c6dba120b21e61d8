import { en } from "./en.ts";
import type { further } from "./en-further.ts";
import type { Language } from "./language.ts";

/** What the page needs to come up. */
export type Words = typeof en;
/** All that a catalogue holds. */
export type AllWords = Words & typeof further;

// English is part of the page, in two parts; of the others nobody needs more than one.
const OTHERS: Readonly<Record<Exclude<Language, "en">, () => Promise<AllWords>>> = {
  "zh-CN": async () => (await import("./zh-CN.ts")).zhCN,
};

const learnt = new Map<Language, AllWords>();

/** The words of a language that the page had to learn, and has. */
export function learntIn(one: Language): AllWords | undefined {
  return learnt.get(one);
}

/** The words of a language that the page has learnt; English before it has. */
export function wordsIn(one: Language): Words {
  return learnt.get(one) ?? en;
}

/** Fetches the words of a language, unless they are here. Whether they are now. */
export async function learn(one: Language): Promise<boolean> {
  if (one === "en" || learnt.has(one)) return true;
  try {
    learnt.set(one, await OTHERS[one]());
    return true;
  } catch (error) {
    console.error(error); // A hub that went away meanwhile: the page goes on in the words that it has.
    return false;
  }
}
