import { useStore } from "zustand";
import { compose } from "../../store/compose.ts";
import { useWords } from "../../words/index.ts";
import { refusalSentence } from "./refusal-sentence.ts";
import { type Culprit, culpritOf } from "./submit.ts";

/** What to say at a field about the last attempt to send, if it is to blame. */
export function useFaultAt(field: Culprit): string | undefined {
  const words = useWords();
  const fault = useStore(compose, (now) => now.fault);
  return fault !== undefined && culpritOf(fault) === field ? refusalSentence(fault, words) : undefined;
}
