import { useStore } from "zustand";
import { compose, write } from "../../store/compose.ts";
import { CONTROL, Field } from "../../ui/field.tsx";
import { useWords } from "../../words/index.ts";
import { FIELDS } from "./focus.ts";
import { submitOnKeys } from "./submit-keys.ts";
import { TargetPresence } from "./target-presence.tsx";
import { useFaultAt } from "./use-fault.ts";

/** Whom it goes to. */
export function TargetField() {
  const { compose: words } = useWords();
  const to = useStore(compose, (now) => now.to);
  return (
    <Field id={FIELDS.to} label={words.to} fault={useFaultAt("to")} state={<TargetPresence />}>
      {(wiring) => (
        <input
          {...wiring}
          className={`target ${CONTROL}`}
          dir="auto"
          placeholder={words.toHint}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="next"
          value={to}
          onKeyDown={submitOnKeys}
          onChange={(event) => write({ to: event.target.value })}
        />
      )}
    </Field>
  );
}
