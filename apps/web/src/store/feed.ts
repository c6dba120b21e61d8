import { createStore } from "zustand/vanilla";

export const FILTERS = ["all", "unread", "snoozed", "archived"] as const;
/** Which notifications the feed shows. */
export type Filter = (typeof FILTERS)[number];

/** How the inbox is looked at; the same in the pane and under the bell. */
export type Feed = {
  readonly filter: Filter;
  /** Keys of the groups and long texts that are open. */
  readonly open: ReadonlySet<string>;
};

const start: Feed = { filter: "all", open: new Set() };

export const feed = createStore<Feed>(() => start);

export function choose(filter: Filter): void {
  feed.setState({ filter });
}

/** Opens what is closed, and closes what is open. */
export function toggle(key: string): void {
  feed.setState(({ open }) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    return { open: next };
  });
}

/** As before anybody signed in. */
export function forgetFeed(): void {
  feed.setState(start, true);
}
