import { createStore } from "zustand/vanilla";
import { runChoice } from "./choice.ts";

type Switch = "on" | "off";

/** Whether a bell is heard when something rings. Nothing of the kind begins without being asked for. */
export const sound = createStore<Switch>(() => "off");

/** Whether the system shows what rings while no tab is in sight; the browser has its own word in that. */
export const notices = createStore<Switch>(() => "off");

export function runAlerts(storage: Storage | undefined): void {
  const read = (kept: string | null): Switch => (kept === "on" ? "on" : "off");
  runChoice(sound, { key: "carillon:sound", read }, storage);
  runChoice(notices, { key: "carillon:notices", read }, storage);
}
