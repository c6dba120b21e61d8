import { Toast } from "@base-ui/react/toast";
import type { Notification } from "@carillon/protocol";
import { isHigh } from "../../store/toasts.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Thread } from "../../ui/thread.tsx";
import { useAllWords } from "../../words/all.ts";
import { useLanguage } from "../../words/index.ts";
import { point } from "../../words/time.ts";
import { Ago } from "../time/ago.tsx";
import { Dismiss, DISMISS_ROOM } from "./dismiss.tsx";
import type { Shown } from "./manager.ts";
import { leaveRest, restOn } from "./rest.ts";
import { ToastFoot } from "./toast-foot.tsx";

type RungToastProps = { readonly toast: Toast.Root.ToastObject<Shown>; readonly notification: Notification };

/** One notification, as it rings. */
export function RungToast({ toast, notification }: RungToastProps) {
  const words = useAllWords();
  const language = useLanguage();
  const { from, text, thread, at, edited, wokenFrom } = notification;
  const high = isHigh(notification);
  const rest = () => restOn(notification);
  return (
    <Toast.Root
      toast={toast}
      className="toast fading"
      swipeDirection={["right", "left"]}
      // What is of high priority was read out already, and can be reached like the others.
      aria-live={high ? "off" : undefined}
      aria-hidden={false}
      onPointerEnter={rest}
      onPointerLeave={leaveRest}
      onFocus={rest}
      onBlur={leaveRest}
    >
      <Toast.Content className={`toast-card lifted flex gap-3 p-3 ${high ? "toast-high" : ""}`}>
        <Avatar name={from} />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <div className={`flex min-w-0 items-baseline gap-2 ${DISMISS_ROOM}`}>
            <Toast.Title render={<p />} className="min-w-0 flex-1 truncate font-bold" title={from}>
              <bdi>{from}</bdi>
            </Toast.Title>
            {/* A minute that passes is no news. */}
            <span aria-live="off">
              <Ago at={at} />
            </span>
          </div>
          <Toast.Description dir="auto" className="words line-clamp-3">
            {text}
          </Toast.Description>
          {(high || edited || wokenFrom !== undefined || thread !== undefined) && (
            <p className="flex min-w-0 items-center gap-3 text-small text-quiet">
              {high && <span className="shrink-0 font-bold text-bronze-ink">{words.important}</span>}
              {edited && <span className="shrink-0">{words.edited}</span>}
              {wokenFrom !== undefined && (
                <span className="shrink-0">{words.inbox.written(point(wokenFrom.at, at, language))}</span>
              )}
              {thread !== undefined && <Thread name={thread} />}
            </p>
          )}
          <ToastFoot id={toast.id} notification={notification} />
        </div>
        <Dismiss />
      </Toast.Content>
    </Toast.Root>
  );
}
