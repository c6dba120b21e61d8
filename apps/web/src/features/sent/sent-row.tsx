import { memo, useState } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { useAllWords } from "../../words/all.ts";
import { Ago } from "../time/ago.tsx";
import { Draft } from "./draft.tsx";
import { type Line, sameLine } from "./lines.ts";
import { RefusedDraft } from "./refused-draft.tsx";
import { Retracted } from "./retracted.tsx";

/** One line of Sent, as a row of the page's list. */
export function SentRow({ line }: { readonly line: Line }) {
  return (
    <li tabIndex={-1} className="group border-b border-line last:border-b-0">
      <SentLine line={line} />
    </li>
  );
}

/** What stands in a line of Sent. */
export const SentLine = memo(
  function SentLine({ line }: { readonly line: Line }) {
    const { sent: words } = useAllWords();
    return (
      <div className="flex gap-3 py-3">
        <Avatar name={line.to} size="small" />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <div className="flex items-baseline justify-between gap-3">
            <p className="flex min-w-0 gap-1">
              <span className="shrink-0 text-quiet">{words.to}</span>
              <bdi className="truncate font-bold" title={line.to}>
                {line.to}
              </bdi>
            </p>
            <Ago at={line.at} />
          </div>
          <Body line={line} />
        </div>
      </div>
    );
  },
  ({ line: one }, { line: other }) => sameLine(one, other),
);

function Body({ line }: { readonly line: Line }) {
  // The log forgets what is retracted; the page that showed it remembers it as long as the row stands.
  const [said, setSaid] = useState(line.text);
  if (line.text !== "" && line.text !== said) setSaid(line.text);
  switch (line.state) {
    case "refused":
      return <RefusedDraft id={line.id} text={line.text} refusal={line.refusal} />;
    case "retracted":
      return <Retracted text={said} />;
    default:
      return <Draft {...line} state={line.state} />;
  }
}
