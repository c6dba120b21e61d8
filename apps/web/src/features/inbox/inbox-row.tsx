import type { Notification } from "@carillon/protocol";
import { memo } from "react";
import { linkOf } from "../../store/link.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { LongText } from "../../ui/long-text.tsx";
import { OpenLink } from "../../ui/open-link.tsx";
import { Thread } from "../../ui/thread.tsx";
import { useWords } from "../../words/index.ts";
import { Ago } from "../time/ago.tsx";
import { MarkSwitch } from "./mark-switch.tsx";
import { watch } from "./watch.ts";

/** One notification of the inbox. Unread ones have a bar at their start edge and their author's name in bold. */
export const InboxRow = memo(function InboxRow({ notification }: { readonly notification: Notification }) {
  const words = useWords();
  const { seq, from, text, thread, at, read = false, edited } = notification;
  const link = linkOf(notification);
  return (
    <li
      ref={watch}
      data-seq={seq}
      className="row-in-sight group relative -mx-3 flex gap-3 border-b border-line px-3 py-4 last:border-b-0"
    >
      {!read && <span aria-hidden className="absolute inset-y-3 start-0 w-[3px] rounded-full bg-bronze" />}
      <Avatar name={from} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex items-center gap-3">
          <p className={`min-w-0 flex-1 truncate ${read ? "" : "font-bold"}`} title={from}>
            <bdi>{from}</bdi>
            {!read && <span className="sr-only"> {words.inbox.unread}</span>}
          </p>
          <MarkSwitch seq={seq} read={read} />
          <Ago at={at} />
        </div>
        <LongText text={text} more={words.text.more} less={words.text.less} />
        {(thread !== undefined || edited || link !== undefined) && (
          <p className="flex min-w-0 items-center gap-3 text-small text-quiet">
            {thread !== undefined && <Thread name={thread} />}
            {edited && <span className="shrink-0">{words.edited}</span>}
            {link !== undefined && (
              <span className="-my-1.5 -ms-2">
                <OpenLink url={link} label={words.open} />
              </span>
            )}
          </p>
        )}
      </div>
    </li>
  );
});
