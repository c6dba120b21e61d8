import type { Notification } from "@carillon/protocol";
import { useMemo } from "react";
import { useStore } from "zustand";
import { view } from "../../store/view.ts";
import { GrowingList } from "../../ui/growing-list.tsx";
import { useWords } from "../../words/index.ts";
import { InboxRow } from "./inbox-row.tsx";
import { NoRows } from "./no-rows.tsx";

/** What others wrote to me, newest first. */
export function Inbox() {
  const { inbox: words } = useWords();
  const notifications = useStore(view, (now) => now.notifications);
  const newestFirst = useMemo(() => notifications.toReversed(), [notifications]);
  return (
    <section aria-labelledby="inbox-title">
      <h2 id="inbox-title" tabIndex={-1} className="text-title font-bold max-wide:sr-only">
        {words.title}
      </h2>
      {newestFirst.length === 0 ? <NoRows /> : <GrowingList items={newestFirst} row={rowOf} older={words.older} />}
    </section>
  );
}

function rowOf(notification: Notification) {
  return <InboxRow key={`${notification.id} ${notification.from}`} notification={notification} />;
}
