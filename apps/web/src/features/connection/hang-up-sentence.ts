import { type HangUp, hangUpOf } from "../../store/hang-up.ts";
import type { Words } from "../../words/index.ts";

/** The page's sentence for a close code. */
export function hangUpSentence(code: number, words: Words): string {
  const ours: Readonly<Record<HangUp, string>> = words.hungUp; // Each row has its sentence, or this does not compile.
  const hangUp = hangUpOf(code);
  return hangUp === undefined ? words.hungUpOtherwise(code) : ours[hangUp];
}
