import type { Refusal } from "@carillon/protocol";
import { useStore } from "zustand";
import { discard } from "../../hub.ts";
import { compose } from "../../store/compose.ts";
import { Button } from "../../ui/button.tsx";
import { LongText } from "../../ui/long-text.tsx";
import { useAllWords } from "../../words/all.ts";
import { refusalSentence } from "../compose/refusal-sentence.ts";
import { edit } from "./edit.ts";

type RefusedDraftProps = { readonly id: string; readonly text: string; readonly refusal: Refusal };

/** Why the hub did not take a draft, and what its author can do. */
export function RefusedDraft({ id, text, refusal }: RefusedDraftProps) {
  const words = useAllWords();
  const writing = useStore(compose, (now) => now.text.trim() !== "");
  return (
    <>
      <LongText text={text} more={words.text.more} less={words.text.less} />
      <p className="text-small leading-words text-danger">
        <span className="font-bold">{words.sent.refused}</span> {refusalSentence(refusal, words)}
      </p>
      <p className="-ms-2 flex">
        <Button
          look="text"
          aria-disabled={writing}
          title={writing ? words.sent.editWaits : undefined}
          onClick={() => writing || edit(id)}
        >
          {words.sent.edit}
        </Button>
        <Button look="text" onClick={() => discard(id)}>
          {words.sent.discard}
        </Button>
      </p>
    </>
  );
}
