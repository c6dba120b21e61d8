import { useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { feed, type Received } from "../../store/feed.ts";
import { view } from "../../store/view.ts";
import { type ListHandle, VirtualList } from "../../ui/virtual-list.tsx";
import type { FeedProps } from "./feed.tsx";
import { FeedEnd } from "./feed-end.tsx";
import { FeedRow } from "./feed-row.tsx";
import { isMore, nearEnd } from "./fetch-older.ts";
import { listFor } from "./filter.ts";
import { NewPill } from "./new-pill.tsx";
import { NoRows } from "./no-rows.tsx";
import { type Row, rowsOf } from "./rows.ts";
import { runOn } from "./run-on.ts";
import { useDeck } from "./use-deck.ts";
import { useOlder } from "./use-older.ts";

/** What others wrote to me, those of a thread together. */
export function ReceivedFeed({ filter, titleId }: FeedProps & { readonly filter: Received }) {
  const open = useStore(feed, (now) => now.open);
  const notifications = useStore(view, (now) => listFor(filter, now));
  const rows = useMemo(() => rowsOf(notifications, filter, open), [notifications, filter, open]);
  const complete = !useStore(view, (now) => isMore(now, filter));
  const list = useRef<ListHandle>(null);
  const [isAtTop, setAtTop] = useState(true);
  useOlder();
  useDeck(list, (command) => runOn(command, list.current, rows));
  return (
    <>
      <NewPill filter={filter} isAtTop={isAtTop} onPress={() => list.current?.toTop()} />
      <VirtualList
        key={filter}
        handle={list}
        items={rows}
        row={drawRow}
        guess={ROW_HEIGHT}
        rowClassName={classNameOf}
        complete={complete}
        onNearEnd={nearEnd}
        onTop={setAtTop}
        onEmptied={() => document.getElementById(titleId)?.focus()}
      />
      {rows.length === 0 ? <NoRows /> : <FeedEnd />}
    </>
  );
}

/** Pixels: a row with one line of text and its thread. */
const ROW_HEIGHT = 96;
const ROW =
  "group relative -mx-3 scroll-mt-28 scroll-mb-4 border-line px-3 hover:bg-wash/50 focus-visible:outline-offset-[-2px]";

/** An open group stands together. */
function classNameOf(row: Row): string {
  const isFollowed = row.is === "group" ? row.isOpen : row.is === "member" && !row.isLast;
  return isFollowed ? ROW : `${ROW} border-b`;
}

function drawRow(row: Row) {
  return <FeedRow row={row} />;
}
