import { Popover } from "@base-ui/react/popover";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { closeOver, over } from "../../store/over.ts";
import { type ANCHORS, anchorOf } from "./anchors.ts";

type HangingProps = {
  readonly layer: keyof typeof ANCHORS;
  readonly titleId: string;
  readonly className: string;
  readonly children: ReactNode;
};

/** A layer that hangs from its button in the bar. Escape and a press elsewhere close it; the keyboard goes back to the button. */
export function Hanging({ layer, titleId, className, children }: HangingProps) {
  const isOpen = useStore(over, (layers) => layers.includes(layer));
  const onOpenChange = (_: boolean, { reason, event, cancel }: Popover.Root.ChangeEventDetails) => {
    const isItsButton = event.target instanceof Node && anchorOf(layer)?.contains(event.target);
    // The button closes it by itself; what was opened later lies over it.
    if ((reason === "outside-press" && isItsButton) || isCovered()) return cancel();
    closeOver(layer);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={() => anchorOf(layer)}
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-20"
        >
          <Popover.Popup
            data-layer={layer}
            aria-labelledby={titleId}
            initialFocus={() => document.getElementById(titleId)}
            finalFocus={() => (isElsewhere() ? false : anchorOf(layer))}
            className={`floating ${className}`}
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function isCovered(): boolean {
  const top = over.getState().at(-1);
  return top === "keys" || top === "row" || top === "time";
}

/** Whether the page gave the keyboard to something of its own meanwhile, such as the form for a reply. */
function isElsewhere(): boolean {
  const at = document.activeElement;
  return at !== null && at !== document.body && at.closest("[data-layer]") === null;
}
