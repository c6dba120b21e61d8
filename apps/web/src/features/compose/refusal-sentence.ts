import type { Refusal, RefusalCode } from "@carillon/protocol";
import type { Words } from "../../words/index.ts";

/** The page's sentence for a refusal; the hub's own is for developers, and a newer hub may know codes that we do not. */
export function refusalSentence({ code }: Refusal, words: Words): string {
  return sentences(words).get(code) ?? words.refusedOtherwise;
}

/** Refusals by the hub, and the one by the client itself. Without a sentence for each of them this does not compile. */
type Known = RefusalCode | "outboxFull";

function sentences({ refusals }: { readonly refusals: Readonly<Record<Known, string>> }): Map<string, string> {
  return new Map(Object.entries(refusals));
}
