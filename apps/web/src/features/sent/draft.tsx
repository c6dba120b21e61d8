import { useState } from "react";
import { useStore } from "zustand";
import { refused } from "../../store/refused.ts";
import { LongText } from "../../ui/long-text.tsx";
import { useAllWords } from "../../words/all.ts";
import { NotChanged } from "../refused/not-changed.tsx";
import { DraftActions } from "./draft-actions.tsx";
import { EditField } from "./edit-field.tsx";
import type { Line, Underway } from "./lines.ts";
import { Progress } from "./progress.tsx";

type DraftProps = Pick<Line, "id" | "text" | "at" | "edited" | "reached"> & { readonly state: Underway };

/** What became of a draft, and what its author can still do with it. */
export function Draft({ id, text, state, at, edited, reached }: DraftProps) {
  const words = useAllWords();
  const refusal = useStore(refused, (now) => (now?.at === "sent" && now.draft === id ? now.refusal : undefined));
  const [editing, setEditing] = useState<"not yet" | "now" | "done">("not yet");
  if (editing === "now") return <EditField id={id} text={text} onEnd={() => setEditing("done")} />;
  return (
    <>
      <LongText text={text} more={words.text.more} less={words.text.less} />
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <p className="flex items-center gap-3 text-small text-quiet">
          <Progress state={state} at={at} reached={reached} />
          {edited && <span>{words.edited}</span>}
        </p>
        <DraftActions
          id={id}
          stored={state !== "sending"}
          returning={editing === "done"}
          onEdit={() => setEditing("now")}
        />
      </div>
      {refusal !== undefined && <NotChanged what={words.sent.notChanged} refusal={refusal} />}
    </>
  );
}
