import type { Seq } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";
import { view } from "./view.ts";

export const FILTERS = ["all", "unread", "snoozed", "archived", "sent"] as const;
/** What the feed shows. */
export type Filter = (typeof FILTERS)[number];
/** Those that choose among what others wrote. */
export type Received = Exclude<Filter, "sent">;

/** How the inbox is looked at; the same in the pane and under the bell. */
export type Feed = {
  readonly filter: Filter;
  /** Keys of the groups and long texts that are open, each with the newest seq there was when it was opened. */
  readonly open: ReadonlyMap<string, Seq>;
};

const start: Feed = { filter: "all", open: new Map() };

export const feed = createStore<Feed>(() => start);

export function choose(filter: Filter): void {
  feed.setState({ filter });
}

/** Opens what is closed, and closes what is open. */
export function toggle(key: string): void {
  feed.setState(({ open }) => {
    const next = new Map(open);
    if (!next.delete(key)) next.set(key, view.getState().notifications.at(-1)?.seq ?? 0);
    return { open: next };
  });
}

/** As before anybody signed in. */
export function forgetFeed(): void {
  feed.setState(start, true);
}
