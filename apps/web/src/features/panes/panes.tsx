import type { ReactNode } from "react";
import { useStore } from "zustand";
import { type Pane, pane } from "../../store/pane.ts";
import { PaneTabs } from "./pane-tabs.tsx";
import { useNarrow } from "./use-narrow.ts";

type PanesProps = Readonly<Record<Pane, ReactNode>>;

/** Two panes side by side; where only one fits, two tabs. */
export function Panes({ write, inbox }: PanesProps) {
  const narrow = useNarrow();
  return (
    <main className="mx-auto w-full max-w-300 flex-1 wide:grid wide:min-h-0 wide:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)] wide:divide-x wide:divide-line">
      {narrow && <PaneTabs />}
      <One name="write" narrow={narrow}>
        {write}
      </One>
      <One name="inbox" narrow={narrow}>
        {inbox}
      </One>
    </main>
  );
}

type OneProps = { readonly name: Pane; readonly narrow: boolean; readonly children: ReactNode };

function One({ name, narrow, children }: OneProps) {
  const hidden = useStore(pane, (front) => front !== name) && narrow;
  const tab = narrow ? { role: "tabpanel", "aria-labelledby": `tab-${name}` } : {};
  return (
    <div id={`pane-${name}`} hidden={hidden} {...tab} className="px-3 py-4 wide:overflow-y-auto wide:px-6 wide:py-6">
      {children}
    </div>
  );
}
