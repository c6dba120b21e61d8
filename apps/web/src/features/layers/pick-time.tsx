import { type FormEvent, useState } from "react";
import { useStore } from "zustand";
import { closeOver, over } from "../../store/over.ts";
import { Button } from "../../ui/button.tsx";
import { CONTROL, Field } from "../../ui/field.tsx";
import { useAllWords } from "../../words/all.ts";
import { putOff } from "../inbox/marking.ts";
import { leaveRowMenu, rowMenu } from "../inbox/row-menu.ts";
import { meantBy } from "../inbox/rows.ts";
import { morningIn } from "../inbox/snooze-times.ts";
import { Modal } from "./modal.tsx";

const YEAR = 365 * 24 * 60 * 60_000;

/** Any time until which a row can be put off. */
export function PickTime() {
  const isOpen = useStore(over, (layers) => layers.includes("time"));
  return isOpen ? <Dialog /> : null;
}

function Dialog() {
  const { pickTime: words } = useAllWords();
  const [text, setText] = useState(() => localTime(morningIn(2, Date.now())));
  const [isRefused, setRefused] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const at = new Date(text).getTime();
    const wait = at - Date.now();
    if (!(wait > 0 && wait < YEAR)) return setRefused(true);
    close();
    const menu = rowMenu.getState();
    if (menu !== undefined) putOff(meantBy(menu.row), at);
  };
  return (
    <Modal titleId="time-title" title={words.title} onClose={close}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <Field id="time" label={words.label} fault={isRefused ? words.fault : undefined}>
          {(wiring) => (
            <input
              {...wiring}
              type="datetime-local"
              value={text}
              onChange={({ target }) => {
                setText(target.value);
                setRefused(false);
              }}
              className={`h-10 pointer-coarse:h-11 ${CONTROL}`}
            />
          )}
        </Field>
        <Button look="main" type="submit" className="self-start">
          {words.set}
        </Button>
      </form>
    </Modal>
  );
}

function close(): void {
  closeOver("time");
  leaveRowMenu();
}

/** As a field of date and time holds it, where its reader is. */
function localTime(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
