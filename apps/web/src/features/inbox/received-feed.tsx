import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { connection } from "../../store/connection.ts";
import { feed } from "../../store/feed.ts";
import { older } from "../../store/older.ts";
import { view } from "../../store/view.ts";
import { type ListHandle, VirtualList } from "../../ui/virtual-list.tsx";
import { bringDeck } from "./decks.ts";
import { FeedEnd } from "./feed-end.tsx";
import { FeedRow } from "./feed-row.tsx";
import { isMore, nearEnd } from "./fetch-older.ts";
import { listFor } from "./filter.ts";
import { NewPill } from "./new-pill.tsx";
import { NoRows } from "./no-rows.tsx";
import { type Row, rowsOf } from "./rows.ts";
import { runOn } from "./run-on.ts";

/** `titleId`: the heading's, which takes the keyboard when no row is left for it. */
type FeedProps = { readonly titleId: string };

/** What others wrote to me, newest first: the same in the pane and under the bell. */
export function Feed({ titleId }: FeedProps) {
  const { filter, open } = useStore(feed);
  const notifications = useStore(view, (now) => listFor(filter, now));
  const rows = useMemo(() => rowsOf(notifications, filter, open), [notifications, filter, open]);
  const complete = !useStore(view, (now) => isMore(now, filter));
  const list = useRef<ListHandle>(null);
  const [isAtTop, setAtTop] = useState(true);
  useOlder();
  useDeck(list, rows);
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

/** Asks again for older ones when the hub is back; the list asks anew whenever how it stands with them changes. */
function useOlder(): void {
  const online = useStore(connection, (now) => now.status.at === "online");
  useStore(older);
  useEffect(() => {
    if (online && older.getState() === "failed") older.setState("idle", true);
  }, [online]);
}

/** Listens to the keys, for as long as the feed is on the page. */
function useDeck(list: { readonly current: ListHandle | null }, rows: readonly Row[]): void {
  const run = useEffectEvent((command: Parameters<typeof runOn>[0]) => runOn(command, list.current, rows));
  useEffect(
    () => bringDeck({ isShown: () => list.current?.isShown() ?? false, run: (command) => run(command) }),
    [list],
  );
}
