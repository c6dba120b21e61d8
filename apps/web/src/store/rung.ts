import type { Notification } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";

/** What rang last: one that came, or all that was missed. For whoever is told of each ring, and of none twice. */
export const rung = createStore<readonly Notification[]>(() => []);
