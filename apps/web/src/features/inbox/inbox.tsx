import type { Notification } from "@carillon/protocol";
import { useMemo } from "react";
import { useStore } from "zustand";
import { older } from "../../hub.ts";
import { refused } from "../../store/refused.ts";
import { view } from "../../store/view.ts";
import { GrowingList } from "../../ui/growing-list.tsx";
import { useWords } from "../../words/index.ts";
import { NotChanged } from "../refused/not-changed.tsx";
import { InboxRow } from "./inbox-row.tsx";
import { MarkAll } from "./mark-all.tsx";
import { NoRows } from "./no-rows.tsx";

/** What others wrote to me, newest first. */
export function Inbox() {
  const words = useWords();
  const notifications = useStore(view, (now) => now.notifications);
  const complete = useStore(view, (now) => now.complete.notification);
  const refusal = useStore(refused, (now) => (now?.at === "inbox" ? now.refusal : undefined));
  const newestFirst = useMemo(() => notifications.toReversed(), [notifications]);
  const isEmpty = newestFirst.length === 0;
  return (
    <section aria-labelledby="inbox-title">
      <div className="flex items-center justify-between gap-3">
        <h2 id="inbox-title" tabIndex={-1} className="text-title font-bold max-wide:sr-only">
          {words.inbox.title}
        </h2>
        <span className="flex-1" />
        {!isEmpty && <MarkAll />}
      </div>
      {refusal !== undefined && <NotChanged what={words.inbox.notMarked} refusal={refusal} />}
      {isEmpty ? (
        <NoRows />
      ) : (
        <GrowingList items={newestFirst} row={rowOf} complete={complete} fetchOlder={fetchOlder} words={words.older} />
      )}
    </section>
  );
}

function fetchOlder(): Promise<void> {
  return older("notification");
}

function rowOf(notification: Notification) {
  return <InboxRow key={`${notification.id} ${notification.from}`} notification={notification} />;
}
