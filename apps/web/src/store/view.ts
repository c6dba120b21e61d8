import type { Pending, Reached, View } from "@carillon/client";
import type { Refusal } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";

export type { Pending, Reached, View };

const nothing: View = {
  notifications: [],
  archived: [],
  sent: [],
  pending: [],
  receipts: new Map(),
  counts: undefined,
  complete: { notification: false, sent: false, archived: false },
  mutes: [],
  quiet: undefined,
};

/** What the user has to see, as the client gave it last. */
export const view = createStore<View>(() => nothing);

/** As before anybody signed in. */
export function forgetView(): void {
  view.setState(nothing, true);
}

/** How many notifications the user has not seen, as the hub counted last. */
export function unseenIn({ counts }: View): number {
  return counts?.unseen ?? 0;
}

/** How many the user has not read. */
export function unreadIn({ counts }: View): number {
  return counts?.unread ?? 0;
}

/** What became of a draft that this page sent. */
export type Fate = "underway" | "stored" | Refusal;

export function fateOf(id: string, { pending, sent }: View): Fate {
  if (sent.some((one) => one.id === id)) return "stored";
  return pending.find(({ draft }) => draft.id === id)?.refusal ?? "underway";
}
