import { type ReactNode, type Ref, useImperativeHandle, useMemo, useRef } from "react";
import { firstInSight, isShown } from "./rows-in-sight.ts";
import { scrollerOf } from "./scroller.ts";
import { useRowsInSight } from "./use-rows-in-sight.ts";

/** What can be asked of a list from outside. */
export type ListHandle = {
  /** The row that has the keyboard, itself or something in it. */
  readonly focused: () => string | undefined;
  /** Brings the keyboard to this row. */
  readonly focus: (key: string) => void;
  /** Brings the keyboard to the row that stands so many after the one that had it last, or to the first in sight. */
  readonly step: (by: 1 | -1) => void;
  /** Scrolls to the beginning, and brings the keyboard there. */
  readonly toTop: () => void;
  /** Whether it can be seen at all. */
  readonly isShown: () => boolean;
};

/** What a list tells. */
export type ListEvents = {
  /** The end is near: called when it comes near, and whenever it still is when something changed. */
  readonly onNearEnd: () => void;
  /** Where it stands: called with each scroll. */
  readonly onTop: (isAtTop: boolean) => void;
  /** The row that had the keyboard went, and no other is left. */
  readonly onEmptied: () => void;
};

type VirtualListProps<Item extends { readonly key: string }> = ListEvents & {
  readonly items: readonly Item[];
  readonly row: (item: Item) => ReactNode;
  /** Pixels that a row is taken to be high until it is drawn. */
  readonly guess: number;
  readonly rowClassName: (item: Item) => string;
  /** Whether nothing is missing at the end. */
  readonly complete: boolean;
  readonly handle: Ref<ListHandle>;
};

/**
 * A list of any length of rows of any height, of which what is in sight is drawn, and the row that has the keyboard. What is in
 * sight stays where it is, whatever comes above it.
 */
export function VirtualList<Item extends { readonly key: string }>(props: VirtualListProps<Item>) {
  const { items, row, guess, rowClassName, complete, handle, ...events } = props;
  const list = useRef<HTMLUListElement>(null);
  const keys = useMemo(() => items.map(({ key }) => key), [items]);
  const { parts, rest, had, hands, focus, letGo } = useRowsInSight({ list, keys, guess, ...events });
  useImperativeHandle(handle, () => handleOf(list.current, { keys, had, focus, letGo }));
  return (
    <ul ref={list} {...hands} style={{ paddingBlockEnd: rest }} className="flow-root [overflow-anchor:none]">
      {parts.map(({ index, room }) => {
        const item = items[index];
        return item === undefined ? null : (
          <li
            key={item.key}
            data-row={item.key}
            tabIndex={-1}
            aria-posinset={index + 1}
            aria-setsize={complete ? items.length : -1}
            style={room === 0 ? undefined : { marginBlockStart: room }}
            className={rowClassName(item)}
          >
            {row(item)}
          </li>
        );
      })}
    </ul>
  );
}

type Hold = Pick<ReturnType<typeof useRowsInSight>, "had" | "focus" | "letGo"> & { readonly keys: readonly string[] };

function handleOf(list: HTMLElement | null, { keys, had, focus, letGo }: Hold): ListHandle {
  return {
    focus,
    focused: () => list?.querySelector<HTMLElement>(":scope > :focus-within")?.dataset["row"],
    step: (by) => {
      const at = had === undefined ? -1 : keys.indexOf(had);
      const next = at === -1 ? list && firstInSight(list) : (keys[at + by] ?? had);
      if (next !== undefined && next !== null) focus(next);
    },
    toTop: () => {
      letGo();
      if (list !== null) scrollerOf(list).scrollTop = 0;
      if (keys[0] !== undefined) focus(keys[0]);
    },
    isShown: () => list !== null && isShown(list),
  };
}
