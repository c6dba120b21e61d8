import type { Inbox } from "../hub/ports.ts";

/** The inbox's methods as own properties, so that a test can replace some. */
export function portOf(store: Inbox): Inbox {
  return {
    commit: (changes) => store.commit(changes),
    read: (uid, after, limit) => store.read(uid, after, limit),
    open: (uid, start) => store.open(uid, start),
    page: (uid, of, before, limit) => store.page(uid, of, before, limit),
    drafts: (author, prefix, after, limit) => store.drafts(author, prefix, after, limit),
    close: () => store.close(),
  };
}
