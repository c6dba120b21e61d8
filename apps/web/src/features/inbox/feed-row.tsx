import { memo } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { useAllWords } from "../../words/all.ts";
import { Ago } from "../time/ago.tsx";
import { attendIn } from "./attention.ts";
import { GroupLine } from "./group-line.tsx";
import { RowActions } from "./row-actions.tsx";
import { RowText } from "./row-text.tsx";
import { meantBy, type Row } from "./rows.ts";
import { watch } from "./watch.ts";

/** What stands in a row. Unread ones have a bar at their start edge and their author's name in bold. */
export const FeedRow = memo(function FeedRow({ row }: { readonly row: Row }) {
  const words = useAllWords();
  const { seq, from, at, id, muted, thread } = row.shown;
  const isUnread = meantBy(row).some((one) => !one.read && !one.muted);
  return (
    <>
      {isUnread && <span aria-hidden className="absolute inset-y-3 start-0 w-[3px] rounded-full bg-bronze" />}
      {/* Another notification in the same row is one that was not in sight yet. */}
      <div
        key={`${id} ${from}`}
        ref={row.is !== "member" && row.isOpen ? watchAndAttend : watch}
        data-thread={thread}
        data-seq={seq}
        className={`flex gap-3 ${row.is === "member" ? "py-3 ps-11" : "py-4"} ${muted ? "text-quiet" : ""}`}
      >
        <Avatar name={from} size={row.is === "member" ? "small" : "normal"} />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <div className="flex items-center gap-3">
            <p className={`relative min-w-0 flex-1 truncate ${isUnread ? "font-bold" : ""}`} title={from}>
              <bdi>{from}</bdi>
              {isUnread && <span className="sr-only"> {words.inbox.unread}</span>}
            </p>
            <RowActions row={row} />
            <Ago at={at} />
          </div>
          <RowText row={row} />
          {row.is === "group" && <GroupLine group={row} />}
        </div>
      </div>
    </>
  );
});

function watchAndAttend(row: HTMLElement | null): () => void {
  const [stopWatching, stopAttending] = [watch(row), attendIn(row)];
  return () => {
    stopWatching?.();
    stopAttending?.();
  };
}
