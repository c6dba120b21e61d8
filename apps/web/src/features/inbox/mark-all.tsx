import { type MouseEvent, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { holdUndo, letUndoPass, undo } from "../../store/undo.ts";
import { unreadIn, view } from "../../store/view.ts";
import { Button } from "../../ui/button.tsx";
import { useAllWords } from "../../words/all.ts";
import { ArchiveRead } from "./archive-read.tsx";
import { markAllRead, takeBack } from "./marking.ts";

/** Marks all read that stood here when it was pressed. After each change it takes that back for some seconds: the keyboard keeps its place. */
export function MarkAll() {
  const { inbox: words } = useAllWords();
  const idle = useStore(view, (now) => unreadIn(now) === 0);
  const offer = useStore(undo);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (offer !== undefined && isPointedAt(button.current)) holdUndo();
  }, [offer]);
  const onClick = ({ detail }: MouseEvent) => {
    if (detail > 1) return; // The second half of a double click.
    if (offer !== undefined) takeBack();
    else if (!idle) markAllRead();
  };
  return (
    <span className="-me-2 flex min-w-0 items-center text-small text-quiet">
      <span role="status" className="me-1 truncate tabular-nums">
        {offer !== undefined && words.did[offer.did](offer.count)}
      </span>
      {offer === undefined && <ArchiveRead onDone={() => button.current?.focus()} />}
      <Button
        ref={button}
        look="text"
        aria-disabled={offer === undefined && idle}
        onPointerEnter={holdUndo}
        onPointerLeave={letUndoPass}
        onBlur={letUndoPass}
        onClick={onClick}
      >
        {offer === undefined && words.markAllRead}
        {offer !== undefined && (offer.seqs.length === offer.count ? words.undo : words.undoSome(offer.seqs.length))}
      </Button>
    </span>
  );
}

/** By a pointer that can rest on something without pressing it, or by the keyboard. */
function isPointedAt(button: HTMLElement | null): boolean {
  if (button === null) return false;
  return button.matches(":focus-visible") || (matchMedia("(hover: hover)").matches && button.matches(":hover"));
}
