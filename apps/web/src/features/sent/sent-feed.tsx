import { useMemo, useRef } from "react";
import { useStore } from "zustand";
import { connection } from "../../store/connection.ts";
import { view } from "../../store/view.ts";
import { Empty } from "../../ui/empty.tsx";
import { SendLine } from "../../ui/large-icons.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { type ListHandle, VirtualList } from "../../ui/virtual-list.tsx";
import { useAllWords } from "../../words/all.ts";
import type { FeedProps } from "../inbox/feed.tsx";
import { FeedEnd } from "../inbox/feed-end.tsx";
import { nearEnd } from "../inbox/fetch-older.ts";
import { stepOn } from "../inbox/run-on.ts";
import { useDeck } from "../inbox/use-deck.ts";
import { useOlder } from "../inbox/use-older.ts";
import type { Line } from "./lines.ts";
import { SentLine } from "./sent-row.tsx";
import { useLines } from "./use-lines.ts";

/** What I sent as a feed of the inbox: of any length, and for the keyboard. */
export function SentFeed({ titleId }: FeedProps) {
  const lines = useLines();
  const rows = useMemo(() => lines.map((line) => ({ key: line.id, line })), [lines]);
  const complete = useStore(view, (now) => now.complete.sent);
  const list = useRef<ListHandle>(null);
  useOlder();
  useDeck(list, (command) => stepOn(command, list.current));
  return (
    <>
      <VirtualList
        handle={list}
        items={rows}
        row={drawLine}
        guess={LINE_HEIGHT}
        rowClassName={() => LINE}
        complete={complete}
        onNearEnd={nearEnd}
        onTop={() => {}}
        onEmptied={() => document.getElementById(titleId)?.focus()}
      />
      {rows.length === 0 ? <NoLines /> : <FeedEnd />}
    </>
  );
}

/** Pixels: a line with one line of text. */
const LINE_HEIGHT = 95;
const LINE = "group -mx-3 scroll-mt-28 scroll-mb-4 border-b border-line px-3 focus-visible:outline-offset-[-2px]";

function drawLine({ line }: { readonly line: Line }) {
  return <SentLine line={line} />;
}

function NoLines() {
  const { sent: words } = useAllWords();
  const awaited = useStore(connection, (now) => !now.heard && now.status.at === "connecting");
  if (awaited) return <Skeleton label={words.loading} />;
  return <Empty icon={<SendLine />} sentence={words.empty} next={words.emptyHere} />;
}
