import type { Refusal } from "@carillon/protocol";
import { useAllWords } from "../../words/all.ts";
import { refusalSentence } from "../compose/refusal-sentence.ts";

type NotChangedProps = { /** What did not happen, as a sentence. */ readonly what: string; readonly refusal: Refusal };

/** That the hub refused a change, and why. */
export function NotChanged({ what, refusal }: NotChangedProps) {
  const words = useAllWords();
  return (
    <p role="alert" className="text-small leading-words text-danger">
      <span className="font-bold">{what}</span> {refusalSentence(refusal, words)}
    </p>
  );
}
