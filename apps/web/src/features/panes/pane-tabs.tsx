import type { KeyboardEvent } from "react";
import { useStore } from "zustand";
import { PANES, type Pane, pane } from "../../store/pane.ts";
import { useWords } from "../../words/index.ts";

/** Chooses the pane in front. One stop for Tab; arrows go between (ARIA's tabs pattern). */
export function PaneTabs() {
  const { panes: words } = useWords();
  const front = useStore(pane);
  return (
    <div role="tablist" aria-label={words.name} className="flex h-11 border-b border-line px-3">
      {PANES.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={front === name}
          aria-controls={`pane-${name}`}
          tabIndex={front === name ? 0 : -1}
          onKeyDown={onArrow}
          onClick={() => pane.setState(name, true)}
          className="target -mb-px flex-1 border-b-2 border-transparent py-2 text-small text-quiet aria-selected:border-bronze aria-selected:font-bold aria-selected:text-ink"
        >
          {words[name]}
        </button>
      ))}
    </div>
  );
}

function onArrow(event: KeyboardEvent): void {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const next: Pane = pane.getState() === "write" ? "inbox" : "write";
  pane.setState(next, true);
  document.getElementById(`tab-${next}`)?.focus();
}
