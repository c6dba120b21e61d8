import { Popover } from "@base-ui/react/popover";
import type { KeyboardEvent } from "react";
import { useStore } from "zustand";
import { closeOver, over } from "../../store/over.ts";
import { useAllWords } from "../../words/all.ts";
import { leaveRowMenu, rowMenu } from "../inbox/row-menu.ts";
import { firstItem, stepItem } from "./menu-items.tsx";
import { MoreItems } from "./more-items.tsx";
import { SnoozeItems } from "./snooze-items.tsx";

const ITEMS = { more: MoreItems, snooze: SnoozeItems } as const;

/** What can be done with a row, or for how long it can be put off. Hangs from the row's button. */
export function RowMenu() {
  const { inbox: words } = useAllWords();
  const isOpen = useStore(over, (layers) => layers.includes("row"));
  const menu = useStore(rowMenu);
  if (menu === undefined) return null;
  const Items = ITEMS[menu.shows];
  return (
    <Popover.Root open={isOpen} onOpenChange={close}>
      <Popover.Portal>
        <Popover.Positioner anchor={menu.button} align="end" sideOffset={4} collisionPadding={8} className="z-30">
          <Popover.Popup
            data-layer="row"
            aria-label={words.menus[menu.shows]}
            initialFocus={firstItem}
            finalFocus={leave}
            onKeyDown={onKey}
            className="floating flex max-w-[calc(100vw-16px)] min-w-56 flex-col p-1 text-small"
          >
            <Items row={menu.row} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function close(): void {
  closeOver("row");
}

/** The keyboard goes back to the row, unless what was chosen took it elsewhere. */
function leave(): false {
  const at = document.activeElement;
  if (at === null || at === document.body || at.closest('[data-layer="row"]') !== null) leaveRowMenu();
  return false;
}

/** Arrows go from item to item. Escape closes what was opened last, and only that: the layers below do not hear of it. */
function onKey(event: KeyboardEvent): void {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    stepItem(event.key === "ArrowDown" ? 1 : -1);
  }
  if (event.key !== "Escape") return;
  event.nativeEvent.stopImmediatePropagation();
  close();
}
