import { toggle } from "../../store/feed.ts";
import { UnfoldIcon } from "../../ui/row-icons.tsx";
import { Thread } from "../../ui/thread.tsx";
import { useAllWords } from "../../words/all.ts";
import type { Row } from "./rows.ts";

type ThreadLineProps = { readonly row: Extract<Row, { is: "single" }>; readonly thread: string };

/** The thread of one that stands alone: opened, the replies to come appear below. */
export function ThreadLine({ row: { key, isOpen }, thread }: ThreadLineProps) {
  const { inbox: words } = useAllWords();
  return (
    <div className="-my-1 flex min-w-0 flex-wrap items-center gap-x-3">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => toggle(key)}
        className="target -ms-2 flex max-w-full items-center gap-2 rounded-box px-2 hover:bg-wash"
      >
        <UnfoldIcon isOpen={isOpen} />
        <Thread name={thread} />
      </button>
      {isOpen && <span className="text-small text-quiet">{words.attended}</span>}
    </div>
  );
}
