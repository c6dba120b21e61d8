import type { Notification, Refusal } from "@carillon/protocol";
import { type FormEvent, useEffect, useEffectEvent, useId, useState } from "react";
import { useStore } from "zustand";
import { discard, send } from "../../hub.ts";
import { connection } from "../../store/connection.ts";
import { fateOf, view } from "../../store/view.ts";
import { Button } from "../../ui/button.tsx";
import { CONTROL } from "../../ui/field.tsx";
import { useAllWords } from "../../words/all.ts";
import { onLineKeys } from "../compose/line-keys.ts";
import { refusalSentence } from "../compose/refusal-sentence.ts";
import { keepForForm } from "./keep-for-form.ts";

type ReplyFieldProps = {
  readonly notification: Notification;
  readonly onLeave: () => void;
  /** The hub has it, or the outbox keeps it until there is a connection. */
  readonly onSent: () => void;
};

/** An answer where it rang: Enter sends, Shift+Enter begins a line, Escape leaves. */
export function ReplyField({ notification, onLeave, onSent }: ReplyFieldProps) {
  const words = useAllWords();
  const noteId = useId();
  const [text, setText] = useState("");
  const { refusal, underway, isUnsent, submit, forgive } = useReply(notification, text, onSent);
  useKept(notification, isUnsent ? text : "");
  return (
    <form aria-live="off" noValidate onSubmit={submit} className="flex flex-col gap-2 pt-1">
      <textarea
        ref={takeFocus}
        aria-label={words.toasts.replyTo(notification.from)}
        aria-invalid={refusal !== undefined}
        aria-describedby={noteId}
        dir="auto"
        rows={1}
        readOnly={underway}
        className={`field-sizing-content max-h-32 resize-none py-1.5 leading-words ${CONTROL}`}
        placeholder={words.toasts.replyHint}
        value={text}
        onKeyDown={(event) => onLineKeys(event, onLeave)}
        onChange={(event) => {
          setText(event.target.value);
          forgive();
        }}
      />
      <p id={noteId} role="alert" className="text-small leading-words text-danger empty:hidden">
        {refusal !== undefined && refusalSentence(refusal, words)}
      </p>
      <span className="flex gap-2">
        <Button look="main" type="submit" aria-disabled={underway}>
          {words.compose.send}
        </Button>
        <Button look="text" onClick={onLeave}>
          {words.sent.cancel}
        </Button>
      </span>
    </form>
  );
}

/** Sends the answer, and follows it until the hub has said what it thinks of it. */
function useReply({ from, thread }: Notification, text: string, onSent: () => void) {
  const [id, setId] = useState<string>();
  const [fault, setFault] = useState<Refusal>();
  const fate = useStore(view, (now) => (id === undefined ? undefined : fateOf(id, now)));
  const online = useStore(connection, (now) => now.status.at === "online");
  const isOut = fate === "stored" || (fate === "underway" && !online);
  const sent = useEffectEvent(onSent);
  useEffect(() => {
    if (isOut) sent();
  }, [isOut]);
  const underway = fate === "underway";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (underway) return;
    if (id !== undefined) discard(id);
    const submitted = send({ to: from, text, ...(thread !== undefined && { thread }) });
    setId(submitted.ok ? submitted.id : undefined);
    setFault(submitted.ok ? undefined : submitted.refusal);
  };
  const refusal = fault ?? (typeof fate === "object" ? fate : undefined);
  const isUnsent = fate === undefined || typeof fate === "object";
  return { refusal, underway, isUnsent, submit, forgive: () => setFault(undefined) };
}

/** What was written and not sent goes on in the form, however the toast came to its end. */
function useKept(notification: Notification, text: string): void {
  const keep = useEffectEvent(() => keepForForm(notification, text));
  useEffect(() => () => keep(), []);
}

function takeFocus(field: HTMLTextAreaElement | null): void {
  field?.focus({ preventScroll: true });
}
