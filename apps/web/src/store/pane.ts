import { createStore } from "zustand/vanilla";

export const PANES = ["write", "inbox"] as const;
export type Pane = (typeof PANES)[number];

/** Which pane is in front where only one fits. */
export const pane = createStore<Pane>(() => "write");
