import { useStore } from "zustand";
import { feed, toggle } from "../../store/feed.ts";
import { linkOf } from "../../store/link.ts";
import { keyOf } from "../../store/toasts.ts";
import { ClampedText } from "../../ui/clamped-text.tsx";
import { OpenLink } from "../../ui/open-link.tsx";
import { useAllWords } from "../../words/all.ts";
import { markRead } from "./marking.ts";
import { hasNotes, RowNotes } from "./row-notes.tsx";
import type { Row } from "./rows.ts";
import { ThreadLine } from "./thread-line.tsx";

/** What was written, where it leads, and where it belongs. A group says the latter itself, and its members need not. */
export function RowText({ row }: { readonly row: Row }) {
  const { shown } = row;
  const words = useAllWords();
  // A row's own key opens its thread; its text has the key of what is shown.
  const textKey = keyOf(shown);
  const isOpen = useStore(feed, (now) => now.open.has(textKey));
  const { text, edited } = shown;
  const link = linkOf(shown);
  const thread = row.is === "single" ? shown.thread : undefined;
  return (
    <>
      <ClampedText
        text={text}
        isOpen={isOpen}
        onToggle={() => toggle(textKey)}
        more={words.text.more}
        less={words.text.less}
      />
      {row.is === "single" && thread !== undefined && <ThreadLine row={row} thread={thread} />}
      {(edited || hasNotes(shown) || link !== undefined) && (
        <p className="flex min-w-0 flex-wrap items-center gap-x-3 text-small text-quiet">
          <RowNotes of={shown} />
          {edited && <span className="shrink-0">{words.edited}</span>}
          {link !== undefined && (
            <span className="-my-1.5 -ms-2">
              <OpenLink url={link} label={words.open} onOpen={() => markRead([shown])} />
            </span>
          )}
        </p>
      )}
    </>
  );
}
