import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from "react";
import { rowIn } from "./rows-in-sight.ts";

type HeldFocus = {
  readonly list: RefObject<HTMLElement | null>;
  readonly keys: readonly string[];
  /** The key of the row that had the keyboard last. */
  readonly had: string | undefined;
  readonly setHad: (key: string | undefined) => void;
  /** The row that had the keyboard went, and no other is left. */
  readonly onEmptied: () => void;
};

/** The keyboard stays in the list: when its row goes, the row that takes its place has it. Gives what the list has to listen to. */
export function useHeldFocus({ list, keys, had, setHad, onEmptied }: HeldFocus) {
  const isInside = useRef(false);
  const index = useRef(0);
  const heir = useRef<string>(undefined);

  useLayoutEffect(() => {
    const at = had === undefined ? -1 : keys.indexOf(had);
    if (at !== -1) index.current = at;
    if (had !== undefined && had === heir.current) {
      heir.current = undefined;
      if (list.current !== null) rowIn(list.current, had)?.focus({ preventScroll: true });
      return;
    }
    if (at !== -1 || !isInside.current) return;
    isInside.current = false;
    heir.current = keys[Math.min(index.current, keys.length - 1)];
    if (heir.current === undefined) onEmptied();
    else setHad(heir.current);
  });

  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      isInside.current = true;
      setHad(target.closest<HTMLElement>("[data-row]")?.dataset["row"]);
    },
    // React keeps quiet while it takes rows away: this is called when somebody moved the keyboard, not when its row went.
    onBlur: () => {
      isInside.current = false;
    },
  };
}
