import { useState } from "react";
import { useStore } from "zustand";
import type { Received } from "../../store/feed.ts";
import { view } from "../../store/view.ts";
import { UpIcon } from "../../ui/row-icons.tsx";
import { useAllWords } from "../../words/all.ts";
import { passes } from "./filter.ts";

type NewPillProps = { readonly filter: Received; readonly isAtTop: boolean; readonly onPress: () => void };

/** How many came since the reader left the top, and the way to them: the list itself does not move. */
export function NewPill({ filter, isAtTop, onPress }: NewPillProps) {
  const { inbox: words } = useAllWords();
  const notifications = useStore(view, (now) => now.notifications);
  // After a long absence the page holds the newest alone.
  const from = useStore(view, (now) => (now.complete.notification ? 0 : (now.notifications[0]?.seq ?? 0)));
  const newest = notifications.at(-1)?.seq ?? 0;
  const [known, setKnown] = useState(newest);
  if (isAtTop && known !== newest) setKnown(newest);
  if (isAtTop || newest <= known) return null;
  const count = notifications.filter((one) => one.seq > known && !one.seen && passes(one, filter)).length;
  if (count === 0) return null;
  return (
    <div className="pill-place pointer-events-none z-10 flex h-0 justify-center">
      <button
        type="button"
        onClick={onPress}
        className="target pointer-events-auto flex h-8 items-center gap-1.5 rounded-full border border-line bg-raised px-3 text-small font-bold text-bronze-ink tabular-nums shadow-float hover:bg-wash pointer-coarse:h-11"
      >
        <UpIcon />
        {known + 1 < from ? words.freshOrMore(count) : words.fresh(count)}
      </button>
    </div>
  );
}
