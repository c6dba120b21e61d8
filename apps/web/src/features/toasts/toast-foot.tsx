import type { Notification } from "@carillon/protocol";
import { useState } from "react";
import { useStore } from "zustand";
import { mark } from "../../hub.ts";
import { linkOf } from "../../store/link.ts";
import { answer, toasts } from "../../store/toasts.ts";
import { Button } from "../../ui/button.tsx";
import { OpenLink } from "../../ui/open-link.tsx";
import { useAllWords } from "../../words/all.ts";
import { manager } from "./manager.ts";
import { ReplyField } from "./reply-field.tsx";

type ToastFootProps = { readonly id: string; readonly notification: Notification };

/** What can be done with a toast, or the answer that is being written in it. */
export function ToastFoot({ id, notification }: ToastFootProps) {
  const words = useAllWords();
  const answering = useStore(toasts, ({ standing }) => standing.some((one) => one.key === id && one.answering));
  const [left, setLeft] = useState(false);
  const link = linkOf(notification);
  const finish = () => {
    mark("read", { seqs: [notification.seq] });
    manager.close(id);
  };
  const putAway = () => {
    mark("archived", { seqs: [notification.seq] });
    manager.close(id);
  };
  const reply = (on: boolean) => toasts.setState((all) => answer(all, id, on), true);
  const leave = () => {
    setLeft(true);
    reply(false);
  };
  if (answering) return <ReplyField notification={notification} onLeave={leave} onSent={finish} />;
  return (
    <span className="-ms-2 -mb-1 flex flex-wrap">
      <Button look="text" ref={left ? takeFocus : undefined} onClick={() => reply(true)}>
        {words.inbox.actions.reply}
      </Button>
      <Button look="text" onClick={finish}>
        {words.toasts.markRead}
      </Button>
      <Button look="text" onClick={putAway}>
        {words.inbox.actions.archive}
      </Button>
      {link !== undefined && <OpenLink url={link} label={words.open} onOpen={finish} />}
    </span>
  );
}

function takeFocus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
