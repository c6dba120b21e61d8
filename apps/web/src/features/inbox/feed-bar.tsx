import type { ReactNode } from "react";
import { useStore } from "zustand";
import { refused } from "../../store/refused.ts";
import { view } from "../../store/view.ts";
import { useAllWords } from "../../words/all.ts";
import { NotChanged } from "../refused/not-changed.tsx";
import { FilterSwitch } from "./filter-switch.tsx";
import { MarkAll } from "./mark-all.tsx";

type FeedBarProps = {
  readonly titleId: string;
  readonly of: keyof typeof TITLES;
  /** Stands at the end of the title's line. */
  readonly aside?: ReactNode;
};

/** The inbox's title, what can be done with the feed as a whole, and what came of what was done in it. */
export function FeedBar({ titleId, of, aside }: FeedBarProps) {
  const { inbox: words } = useAllWords();
  const { Title, size } = TITLES[of];
  const isKnown = useStore(view, (now) => now.counts !== undefined);
  const refusal = useStore(refused, (now) => (now?.at === "inbox" ? now.refusal : undefined));
  return (
    <>
      <div className="flex min-h-8 items-center gap-3">
        <Title id={titleId} tabIndex={-1} className={`shrink-0 font-bold ${size}`}>
          {words.title}
        </Title>
        <span className="flex min-w-0 flex-1 items-center justify-end">
          {isKnown && <MarkAll />}
          {aside}
        </span>
      </div>
      {isKnown && <FilterSwitch />}
      {refusal !== undefined && <NotChanged what={words.notChanged} refusal={refusal} />}
    </>
  );
}

// Where only one pane fits, no other title is the page's.
const TITLES = {
  pane: { Title: "h1", size: "text-body wide:text-title" },
  layer: { Title: "h2", size: "text-body" },
} as const;
