import { createStore } from "zustand/vanilla";
import { keep } from "../storage.ts";

const KEY = "carillon:single-keys";

/** Whether single characters are commands. Who speaks to the computer, or types by accident, switches them off (WCAG 2.1.4). */
export const singleKeys = createStore<boolean>(() => true);

/** Begins with what was chosen before, in this browser; from then on each change is remembered. */
export function runSingleKeys(storage: Storage | undefined): void {
  singleKeys.setState(storage?.getItem(KEY) !== "off", true);
  singleKeys.subscribe((now) => keep(storage, KEY, now ? "on" : "off"));
}
