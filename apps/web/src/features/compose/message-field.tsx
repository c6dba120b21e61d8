import { useStore } from "zustand";
import { compose, NEAR_LIMIT, roomIn, write } from "../../store/compose.ts";
import { CONTROL, Field } from "../../ui/field.tsx";
import { useWords } from "../../words/index.ts";
import { FIELDS } from "./focus.ts";
import { submitOnKeys } from "./submit-keys.ts";
import { useFaultAt } from "./use-fault.ts";

/** What it says. */
export function MessageField() {
  const { compose: words } = useWords();
  const text = useStore(compose, (now) => now.text);
  return (
    <Field id={FIELDS.text} label={words.message} fault={useFaultAt("text")} aside={<Room />}>
      {(wiring) => (
        <textarea
          {...wiring}
          className={`field-sizing-content max-h-80 min-h-24 resize-y py-2 leading-words ${CONTROL}`}
          dir="auto"
          rows={3}
          placeholder={words.messageHint}
          value={text}
          onKeyDown={submitOnKeys}
          onChange={(event) => write({ text: event.target.value })}
        />
      )}
    </Field>
  );
}

// How much still fits, once that is little.
function Room() {
  const { compose: words } = useWords();
  const left = useStore(compose, (now) => Math.min(NEAR_LIMIT + 1, roomIn(now)));
  if (left > NEAR_LIMIT) return null;
  return (
    <p className={`ms-auto tabular-nums ${left < 0 ? "text-danger" : ""}`}>
      {left < 0 ? words.over(-left) : words.left(left)}
    </p>
  );
}
