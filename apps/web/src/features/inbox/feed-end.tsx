import { useStore } from "zustand";
import { feed } from "../../store/feed.ts";
import { older } from "../../store/older.ts";
import { view } from "../../store/view.ts";
import { Button } from "../../ui/button.tsx";
import { useAllWords } from "../../words/all.ts";
import { countFor } from "./filter.ts";
import { askForMore, isFull, isLookedThrough, isMore } from "./fetch-older.ts";

/** Notifications that are worth an end. */
const LONG = 20;

/** What stands after the last row: that older ones come, that they cannot, or that there are none. */
export function FeedEnd() {
  const words = useAllWords().older;
  const filter = useStore(feed, (now) => now.filter);
  const missing = useStore(view, (now) => isMore(now, filter));
  const full = useStore(view, (now) => isFull(now, filter));
  const isLong = useStore(view, (now) => countFor(filter, now) > LONG);
  const state = useStore(older);
  if (!missing) return isLong ? <End says={filter === "unread" ? words.endUnread : words.end} /> : null;
  if (full) return <End says={words.full} />;
  return (
    <div className="my-4 flex min-h-11 flex-wrap items-center gap-3">
      {(state === "failed" || (state === "idle" && filter === "snoozed" && isLookedThrough())) && (
        <Button look="plain" onClick={askForMore}>
          {words.fetch}
        </Button>
      )}
      <p role="status" className="text-small text-quiet">
        {state === "underway" && words.fetching}
        {state === "failed" && words.failed}
      </p>
    </div>
  );
}

function End({ says }: { readonly says: string }) {
  return <p className="my-4 text-center text-small text-quiet">{says}</p>;
}
