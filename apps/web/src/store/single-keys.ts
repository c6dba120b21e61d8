import { createStore } from "zustand/vanilla";
import { runChoice } from "./choice.ts";

type Switch = "on" | "off";

/** Whether single characters are commands. Who speaks to the computer, or types by accident, switches them off (WCAG 2.1.4). */
export const singleKeys = createStore<Switch>(() => "on");

export function runSingleKeys(storage: Storage | undefined): void {
  runChoice(singleKeys, { key: "carillon:single-keys", read: (kept) => (kept === "off" ? "off" : "on") }, storage);
}
