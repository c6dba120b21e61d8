import type { Pending, SentLine, View } from "@carillon/client";
import { createStore } from "zustand/vanilla";

export type { Pending, SentLine, View };

const nothing: View = { notifications: [], sent: [], pending: [] };

/** What the user has to see, as the client gave it last. */
export const view = createStore<View>(() => nothing);

/** As before anybody signed in. */
export function forgetView(): void {
  view.setState(nothing, true);
}
