import { useStore } from "zustand";
import { older } from "../../hub.ts";
import { connection } from "../../store/connection.ts";
import { view } from "../../store/view.ts";
import { Empty } from "../../ui/empty.tsx";
import { GrowingList } from "../../ui/growing-list.tsx";
import { SendLine } from "../../ui/large-icons.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useAllWords } from "../../words/all.ts";
import type { Line } from "./lines.ts";
import { SentRow } from "./sent-row.tsx";
import { useLines } from "./use-lines.ts";

/** What I sent, newest first, and what became of it. */
export function Sent() {
  const words = useAllWords();
  const lines = useLines();
  const complete = useStore(view, (now) => now.complete.sent);
  return (
    <section aria-labelledby="sent-title">
      <h2 id="sent-title" tabIndex={-1} className="text-body font-bold">
        {words.sent.title}
      </h2>
      {lines.length === 0 ? (
        <NoLines />
      ) : (
        <GrowingList items={lines} row={rowOf} complete={complete} fetchOlder={fetchOlder} words={words.older} />
      )}
    </section>
  );
}

function fetchOlder(): Promise<void> {
  return older("sent");
}

function rowOf(line: Line) {
  return <SentRow key={line.id} line={line} />;
}

function NoLines() {
  const { sent: words } = useAllWords();
  const awaited = useStore(connection, (now) => !now.heard && now.status.at === "connecting");
  if (awaited) return <Skeleton label={words.loading} />;
  return <Empty icon={<SendLine />} sentence={words.empty} next={words.emptyNext} />;
}
