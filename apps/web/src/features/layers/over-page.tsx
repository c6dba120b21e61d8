import { type ComponentType, lazy, Suspense, useState } from "react";
import { useStore } from "zustand";
import { closeAll, type Layer, over } from "../../store/over.ts";
import { showInbox } from "../panes/show-inbox.ts";

const Layers = lazy<ComponentType>(async () => {
  try {
    return { default: (await load()).Layers };
  } catch (error) {
    console.error(error); // A hub that went away meanwhile: the rest of the page is here, and works.
    over.subscribe(doWithout);
    doWithout(over.getState());
    return { default: () => null };
  }
});

/** What lies over the page. None of its code is needed before something is opened. */
export function OverPage() {
  const isOpen = useStore(over, (layers) => layers.length > 0);
  const [wanted, setWanted] = useState(false);
  if (isOpen && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense>
      <Layers />
    </Suspense>
  );
}

/** Fetches that code because it may be wanted soon. */
export function expectLayers(): void {
  load().catch(() => {}); // Told when it is wanted.
}

function load() {
  return import("./layers.tsx");
}

/** The inbox is there as a pane, too. */
function doWithout(layers: readonly Layer[]): void {
  if (layers.length === 0) return;
  closeAll();
  if (layers.includes("inbox")) showInbox();
}
