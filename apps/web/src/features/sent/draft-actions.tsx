import type { MouseEvent } from "react";
import { retract } from "../../hub.ts";
import { Button } from "../../ui/button.tsx";
import { useAllWords } from "../../words/all.ts";

type DraftActionsProps = {
  readonly id: string;
  /** Whether the hub has it: what still waits can only be taken back. */
  readonly stored: boolean;
  /** Whether the keyboard comes back from the field to here. */
  readonly returning: boolean;
  readonly onEdit: () => void;
};

/** What an author can do with a draft that went out or waits. In sight while its row is pointed at or has the keyboard. */
export function DraftActions({ id, stored, returning, onEdit }: DraftActionsProps) {
  const { sent: words } = useAllWords();
  const onRetract = (event: MouseEvent<HTMLElement>) => {
    // The button goes with the draft: the keyboard stays at the row, or where the row was. A feed sees to that by itself.
    const row = event.currentTarget.closest<HTMLElement>(stored ? "li" : "[data-row]");
    (row ?? document.getElementById("sent-title"))?.focus({ preventScroll: true });
    retract(id);
  };
  return (
    <span className="when-at-row -my-1.5 ms-auto -me-2 flex pointer-coarse:my-0">
      {stored && (
        <Button look="text" ref={returning ? takeFocus : undefined} onClick={onEdit}>
          {words.edit}
        </Button>
      )}
      <Button look="text" onClick={onRetract}>
        {words.retract}
      </Button>
    </span>
  );
}

function takeFocus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
