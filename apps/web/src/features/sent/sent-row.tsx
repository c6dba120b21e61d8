import { memo } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { LongText } from "../../ui/long-text.tsx";
import { useWords } from "../../words/index.ts";
import { Ago } from "../time/ago.tsx";
import type { Line } from "./lines.ts";
import { Progress } from "./progress.tsx";
import { RefusedDraft } from "./refused-draft.tsx";

/** One line of Sent. */
export const SentRow = memo(function SentRow({ line }: { readonly line: Line }) {
  const words = useWords();
  return (
    <li className="flex gap-3 border-b border-line py-3 last:border-b-0">
      <Avatar name={line.to} size="small" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex items-baseline justify-between gap-3">
          <p className="flex min-w-0 gap-1">
            <span className="shrink-0 text-quiet">{words.sent.to}</span>
            <bdi className="truncate font-bold" title={line.to}>
              {line.to}
            </bdi>
          </p>
          <Ago at={line.at} />
        </div>
        <LongText text={line.text} more={words.text.more} less={words.text.less} />
        {line.state === "refused" ? (
          <RefusedDraft id={line.id} refusal={line.refusal} />
        ) : (
          <Progress state={line.state} />
        )}
      </div>
    </li>
  );
}, sameLine);

// Lines are built anew with each view; most of them say what they said before.
function sameLine({ line: one }: { readonly line: Line }, { line: other }: { readonly line: Line }): boolean {
  return one.state === other.state && one.at === other.at && one.text === other.text;
}
