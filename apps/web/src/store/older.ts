import { createStore } from "zustand/vanilla";

/** How it stands with older notifications: nobody asked, they are on their way, or they could not be had. */
export type Older = "idle" | "underway" | "failed";

export const older = createStore<Older>(() => "idle");
