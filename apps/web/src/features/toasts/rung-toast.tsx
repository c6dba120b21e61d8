import { Toast } from "@base-ui/react/toast";
import type { Notification } from "@carillon/protocol";
import { mark } from "../../hub.ts";
import { linkOf } from "../../store/link.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { OpenLink } from "../../ui/open-link.tsx";
import { Thread } from "../../ui/thread.tsx";
import { useWords } from "../../words/index.ts";
import { Ago } from "../time/ago.tsx";
import { Dismiss } from "./dismiss.tsx";
import { manager, type Shown } from "./manager.ts";
import { leaveRest, restOn } from "./rest.ts";

type RungToastProps = { readonly toast: Toast.Root.ToastObject<Shown>; readonly notification: Notification };

/** One notification, as it rings. */
export function RungToast({ toast, notification }: RungToastProps) {
  const words = useWords();
  const { from, text, thread, at, seq, edited } = notification;
  const link = linkOf(notification);
  const rest = () => restOn(notification);
  const markRead = () => {
    mark("read", { seqs: [seq] });
    manager.close(toast.id);
  };
  return (
    <Toast.Root
      toast={toast}
      className="toast"
      swipeDirection={["right", "left"]}
      onPointerEnter={rest}
      onPointerLeave={leaveRest}
      onFocus={rest}
      onBlur={leaveRest}
    >
      <Toast.Content className="toast-card flex gap-3 p-3">
        <Avatar name={from} />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <Toast.Title render={<p />} className="truncate font-bold">
            <bdi>{from}</bdi>
          </Toast.Title>
          <Toast.Description dir="auto" className="words line-clamp-3">
            {text}
          </Toast.Description>
          <span className="flex min-w-0 items-center gap-3 text-small text-quiet">
            <Ago at={at} />
            {edited && <span>{words.edited}</span>}
            {thread !== undefined && <Thread name={thread} />}
            <span className="-my-1.5 ms-auto -me-2 flex shrink-0">
              {link !== undefined && <OpenLink url={link} label={words.open} />}
              <Button look="text" onClick={markRead}>
                {words.toasts.markRead}
              </Button>
            </span>
          </span>
        </div>
        <Dismiss />
      </Toast.Content>
    </Toast.Root>
  );
}
