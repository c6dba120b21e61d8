import { useStore } from "zustand";
import { compose } from "../../store/compose.ts";
import { CONTROL, Field } from "../../ui/field.tsx";
import { useWords } from "../../words/index.ts";
import { FIELDS } from "./focus.ts";
import { TargetList } from "./target-list.tsx";
import { TargetPresence } from "./target-presence.tsx";
import { useFaultAt } from "./use-fault.ts";
import { useTargets } from "./use-targets.ts";

/** Whom it goes to: any name, and those of late are offered. */
export function TargetField() {
  const { compose: words } = useWords();
  const to = useStore(compose, (now) => now.to);
  const { offered, active, combobox, choose } = useTargets(to);
  return (
    <Field id={FIELDS.to} label={words.to} fault={useFaultAt("to")} state={<TargetPresence />}>
      {(wiring) => (
        <div className="relative">
          <input
            {...wiring}
            {...combobox}
            className={`target ${CONTROL}`}
            dir="auto"
            placeholder={words.toHint}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            enterKeyHint="next"
            value={to}
          />
          {offered.length > 0 && <TargetList label={words.recent} names={offered} active={active} onChoose={choose} />}
        </div>
      )}
    </Field>
  );
}
