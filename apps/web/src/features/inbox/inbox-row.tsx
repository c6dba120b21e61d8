import type { Notification } from "@carillon/protocol";
import { memo } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { LongText } from "../../ui/long-text.tsx";
import { Thread } from "../../ui/thread.tsx";
import { useWords } from "../../words/index.ts";
import { Ago } from "../time/ago.tsx";

/** One notification of the inbox. */
export const InboxRow = memo(function InboxRow({ notification }: { readonly notification: Notification }) {
  const { text: words } = useWords();
  const { from, text, thread, at } = notification;
  return (
    <li className="row-in-sight flex gap-3 border-b border-line py-4 last:border-b-0">
      <Avatar name={from} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex items-baseline justify-between gap-3">
          <bdi className="truncate font-bold" title={from}>
            {from}
          </bdi>
          <Ago at={at} />
        </div>
        <LongText text={text} more={words.more} less={words.less} />
        {thread !== undefined && <Thread name={thread} />}
      </div>
    </li>
  );
});
