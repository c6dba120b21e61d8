import { Suspense } from "react";
import { useStore } from "zustand";
import { feed } from "../../store/feed.ts";
import { later } from "../../ui/later.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useAllWords } from "../../words/all.ts";
import { NotLoaded } from "./not-loaded.tsx";
import { ReceivedFeed } from "./received-feed.tsx";

const SentFeed = later(async () => (await import("../sent/sent-feed.tsx")).SentFeed, { instead: NotLoaded });

/** `titleId`: the heading's, which takes the keyboard when no row is left for it. */
export type FeedProps = { readonly titleId: string };

/** What the filter chooses, newest first: the same in the pane and under the bell. */
export function Feed({ titleId }: FeedProps) {
  const words = useAllWords();
  const filter = useStore(feed, (now) => now.filter);
  if (filter !== "sent") return <ReceivedFeed filter={filter} titleId={titleId} />;
  return (
    <Suspense fallback={<Skeleton label={words.sent.loading} />}>
      <SentFeed titleId={titleId} />
    </Suspense>
  );
}
