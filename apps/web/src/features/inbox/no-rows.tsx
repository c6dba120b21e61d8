import { useStore } from "zustand";
import { connection } from "../../store/connection.ts";
import { feed } from "../../store/feed.ts";
import { older } from "../../store/older.ts";
import { session } from "../../store/session.ts";
import { view } from "../../store/view.ts";
import { Empty } from "../../ui/empty.tsx";
import { ArchiveLine, BellLine, CheckLine, ClockLine } from "../../ui/large-icons.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useAllWords } from "../../words/all.ts";
import { FeedEnd } from "./feed-end.tsx";
import { isLookedThrough, isMore } from "./fetch-older.ts";

/** A feed with no rows: nothing is there, nothing is left to read, or nothing is known yet. */
export function NoRows() {
  const { inbox: words, page } = useAllWords();
  const uid = useStore(session, (now) => now.uid);
  const heard = useStore(connection, (now) => now.heard);
  const at = useStore(connection, (now) => now.status.at);
  const filter = useStore(feed, (now) => now.filter);
  const missing = useStore(view, (now) => isMore(now, filter));
  const failed = useStore(older, (now) => now === "failed");
  if (!heard && at !== "connecting") return <Empty icon={<BellLine />} sentence={words.unheard} />;
  const isLooking = missing && at === "online" && !failed && !(filter === "snoozed" && isLookedThrough());
  if (!heard || isLooking) return <Skeleton label={page.loading} />;
  if (filter === "snoozed") {
    return (
      <>
        <Empty icon={<ClockLine />} sentence={words.noneSnoozed} next={words.noneSnoozedNext} />
        {missing && <FeedEnd />}
      </>
    );
  }
  if (missing) return failed ? <FeedEnd /> : <Empty icon={<BellLine />} sentence={words.unheard} />;
  if (filter === "unread") return <Empty icon={<CheckLine />} sentence={words.allRead} next={words.allReadNext} />;
  if (filter === "archived")
    return <Empty icon={<ArchiveLine />} sentence={words.noneArchived} next={words.noneArchivedNext} />;
  return <Empty icon={<BellLine />} sentence={words.empty} next={words.emptyNext(uid)} />;
}
