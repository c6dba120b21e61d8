import { type ChangeEvent, type KeyboardEvent, useState } from "react";
import { useStore } from "zustand";
import { write } from "../../store/compose.ts";
import { recents, suggested } from "../../store/recents.ts";
import { submitOnKeys } from "./submit-keys.ts";
import { LIST, optionId } from "./target-list.tsx";

type Shown = { readonly isOpen: boolean; readonly active?: number };

const closed: Shown = { isOpen: false };
const opened: Shown = { isOpen: true };

/** What the field for the target offers, and how it is chosen by hand and by keys (ARIA's combobox pattern). */
export function useTargets(to: string) {
  const all = useStore(recents);
  const [shown, setShown] = useState(closed);
  const offered = shown.isOpen ? suggested(all, to) : [];
  const isOpen = offered.length > 0;
  const choose = (name: string) => {
    write({ to: name });
    setShown(closed);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = STEPS.get(event.key);
    const name = isOpen && shown.active !== undefined ? offered[shown.active] : undefined;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.nativeEvent.isComposing;
    if (isPlain && step !== undefined && suggested(all, to).length > 0) {
      setShown({ isOpen: true, active: next(isOpen ? shown.active : undefined, step, suggested(all, to).length) });
    } else if (isPlain && event.key === "Escape" && isOpen) setShown(closed);
    else if (isPlain && event.key === "Enter" && name !== undefined) choose(name);
    else return submitOnKeys(event);
    event.preventDefault();
  };
  const combobox = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": isOpen,
    ...(isOpen && { "aria-controls": LIST }),
    ...(isOpen && shown.active !== undefined && { "aria-activedescendant": optionId(shown.active) }),
    onKeyDown,
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) => {
      write({ to: target.value });
      setShown(target.value === "" ? closed : opened);
    },
    onClick: () => to === "" && setShown(opened),
    onBlur: () => setShown(closed),
  } as const;
  return { offered, active: shown.active, combobox, choose };
}

const STEPS: ReadonlyMap<string, 1 | -1> = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
]);

/** Behind the last comes the first. */
function next(active: number | undefined, step: 1 | -1, count: number): number {
  if (active === undefined) return step === 1 ? 0 : count - 1;
  return (active + step + count) % count;
}
