import { type RefObject, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import { isNearEnd, rowIn, RowsInSight, stretchInSight } from "./rows-in-sight.ts";
import { isAtTop, scrollerOf } from "./scroller.ts";
import { drawn, type Stretch } from "./stretch.ts";
import { useFrames } from "./use-frames.ts";
import { useHeldFocus } from "./use-held-focus.ts";
import type { ListEvents } from "./virtual-list.tsx";

type RowsInSightOptions = ListEvents & {
  readonly list: RefObject<HTMLElement | null>;
  readonly keys: readonly string[];
  readonly guess: number;
};

/** Which rows of a list are drawn, with the room before each and after the last; follows every scroll and every change of size. */
export function useRowsInSight({ list, keys, guess, onNearEnd, onTop, onEmptied }: RowsInSightOptions) {
  const [sight] = useState(() => new RowsInSight());
  const [stretch, setStretch] = useState<Stretch>({ first: 0, end: 16 });
  const [had, setHad] = useState<string>();
  const beginnings = sight.beginnings(keys, guess);
  const parts = drawn(beginnings, stretch, [had === undefined ? -1 : keys.indexOf(had)]);

  const look = () => {
    const at = list.current;
    if (at === null) return;
    const now = stretchInSight(at, sight.beginnings(keys, guess), stretch);
    if (now !== stretch) setStretch(now);
    sight.note(at);
    onTop(isAtTop(scrollerOf(at)));
    if (isNearEnd(at)) onNearEnd();
  };
  const settle = () => {
    if (list.current === null) return;
    sight.measure(list.current);
    sight.hold(list.current);
    // oxlint-disable-next-line react/set-state-in-effect -- what has to be drawn is known once rows are measured, before they are seen.
    look();
  };
  useLayoutEffect(settle);
  useFrames(list, look, settle);
  const hands = useHeldFocus({ list, keys, had, setHad, onEmptied });

  const focus = (key: string) => {
    flushSync(() => setHad(key)); // It may not be drawn yet.
    const row = list.current && rowIn(list.current, key);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  };
  const drawnTo = beginnings[(parts.at(-1)?.index ?? -1) + 1] ?? 0;
  return { parts, rest: (beginnings.at(-1) ?? 0) - drawnTo, had, hands, focus, letGo: () => sight.letGo() };
}
