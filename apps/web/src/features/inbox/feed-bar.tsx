import { useStore } from "zustand";
import { refused } from "../../store/refused.ts";
import { view } from "../../store/view.ts";
import { useWords } from "../../words/index.ts";
import { NotChanged } from "../refused/not-changed.tsx";
import { FilterSwitch } from "./filter-switch.tsx";
import { MarkAll } from "./mark-all.tsx";

/** What can be done with the feed as a whole, and what came of what was done in it. */
export function FeedBar() {
  const { inbox: words } = useWords();
  const isKnown = useStore(view, (now) => now.counts !== undefined);
  const refusal = useStore(refused, (now) => (now?.at === "inbox" ? now.refusal : undefined));
  return (
    <>
      {isKnown && (
        <div className="flex items-center justify-between gap-3">
          <FilterSwitch />
          <MarkAll />
        </div>
      )}
      {refusal !== undefined && <NotChanged what={words.notMarked} refusal={refusal} />}
    </>
  );
}
