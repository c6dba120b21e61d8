import type { Refusal } from "@carillon/protocol";
import { type FormEvent, useId, useState } from "react";
import { edit } from "../../hub.ts";
import { Button } from "../../ui/button.tsx";
import { CONTROL, Field } from "../../ui/field.tsx";
import { useAllWords } from "../../words/all.ts";
import { onLineKeys } from "../compose/line-keys.ts";
import { refusalSentence } from "../compose/refusal-sentence.ts";

type EditFieldProps = { readonly id: string; readonly text: string; readonly onEnd: () => void };

/** Another text for a stored draft: Enter saves, Shift+Enter begins a line, Escape leaves it as it was. */
export function EditField({ id, text: before, onEnd }: EditFieldProps) {
  const words = useAllWords();
  const [text, setText] = useState(before);
  const [fault, setFault] = useState<Refusal>();
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (text === before) return onEnd();
    const submitted = edit(id, text);
    if (submitted.ok) onEnd();
    else setFault(submitted.refusal);
  };
  return (
    <form onSubmit={save} noValidate className="flex flex-col gap-2">
      <Field id={useId()} label={words.sent.newText} fault={fault && refusalSentence(fault, words)}>
        {(wiring) => (
          <textarea
            {...wiring}
            ref={takeFocus}
            dir="auto"
            className={`field-sizing-content max-h-80 resize-y py-2 leading-words ${CONTROL}`}
            value={text}
            onKeyDown={(event) => onLineKeys(event, onEnd)}
            onChange={(event) => {
              setText(event.target.value);
              setFault(undefined);
            }}
          />
        )}
      </Field>
      <p className="flex gap-2">
        <Button look="main" type="submit">
          {words.sent.save}
        </Button>
        <Button look="text" onClick={onEnd}>
          {words.sent.cancel}
        </Button>
      </p>
    </form>
  );
}

function takeFocus(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
