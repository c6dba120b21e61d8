import { useStore } from "zustand";
import { choose, feed, FILTERS } from "../../store/feed.ts";
import { unreadIn, view } from "../../store/view.ts";
import { useAllWords } from "../../words/all.ts";
import { capped } from "../top-bar/capped.ts";

/** Chooses what the feed shows. */
export function FilterSwitch() {
  const { inbox: words } = useAllWords();
  const filter = useStore(feed, (now) => now.filter);
  const unread = useStore(view, unreadIn);
  return (
    <div role="group" aria-label={words.filter} className="-mx-2 flex flex-wrap max-phone:-mx-1.5">
      {FILTERS.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={filter === one}
          onClick={() => choose(one)}
          className="target rounded-box px-2 text-start max-phone:px-1.5 text-small text-quiet hover:bg-wash aria-pressed:font-bold aria-pressed:text-ink"
        >
          <span className="border-b-2 border-transparent py-1 in-aria-pressed:border-bronze">{words.filters[one]}</span>
          {one === "unread" && unread > 0 && <span className="ms-1.5 tabular-nums">{capped(unread)}</span>}
        </button>
      ))}
    </div>
  );
}
