import { useStore } from "zustand";
import { feed, toggle } from "../../store/feed.ts";
import { linkOf } from "../../store/link.ts";
import { keyOf } from "../../store/toasts.ts";
import { ClampedText } from "../../ui/clamped-text.tsx";
import { OpenLink } from "../../ui/open-link.tsx";
import { Thread } from "../../ui/thread.tsx";
import { useWords } from "../../words/index.ts";
import { markRead } from "./marking.ts";
import { hasNotes, RowNotes } from "./row-notes.tsx";
import type { Row } from "./rows.ts";

/** What was written, where it leads, and where it belongs. A group says the latter itself, and its members need not. */
export function RowText({ row: { is, key, shown } }: { readonly row: Row }) {
  const words = useWords();
  // A group's own key opens the group; its text has the key of what is shown.
  const textKey = is === "group" ? keyOf(shown) : key;
  const isOpen = useStore(feed, (now) => now.open.has(textKey));
  const { text, thread, edited } = shown;
  const link = linkOf(shown);
  const namesThread = is === "single" && thread !== undefined;
  return (
    <>
      <ClampedText
        text={text}
        isOpen={isOpen}
        onToggle={() => toggle(textKey)}
        more={words.text.more}
        less={words.text.less}
      />
      {(namesThread || edited || hasNotes(shown) || link !== undefined) && (
        <p className="flex min-w-0 flex-wrap items-center gap-x-3 text-small text-quiet">
          {namesThread && <Thread name={thread} />}
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
