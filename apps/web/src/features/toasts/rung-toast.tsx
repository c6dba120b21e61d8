import { Toast } from "@base-ui/react/toast";
import type { Notification } from "@carillon/protocol";
import { Avatar } from "../../ui/avatar.tsx";
import { Thread } from "../../ui/thread.tsx";
import { Ago } from "../time/ago.tsx";
import { Dismiss } from "./dismiss.tsx";
import type { Shown } from "./manager.ts";

type RungToastProps = { readonly toast: Toast.Root.ToastObject<Shown>; readonly notification: Notification };

/** One notification, as it rings. */
export function RungToast({ toast, notification }: RungToastProps) {
  const { from, text, thread, at } = notification;
  return (
    <Toast.Root toast={toast} className="toast" swipeDirection={["right", "left"]}>
      <Toast.Content className="toast-card flex gap-3 p-3">
        <Avatar name={from} />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <Toast.Title render={<p />} className="truncate font-bold">
            <bdi>{from}</bdi>
          </Toast.Title>
          <Toast.Description dir="auto" className="words line-clamp-3">
            {text}
          </Toast.Description>
          <span className="flex min-w-0 items-center gap-3">
            <Ago at={at} />
            {thread !== undefined && <Thread name={thread} />}
          </span>
        </div>
        <Dismiss />
      </Toast.Content>
    </Toast.Root>
  );
}
