import { useState } from "react";
import { useStore } from "zustand";
import { unseenIn, view } from "../../store/view.ts";
import { Button } from "../../ui/button.tsx";
import { BellIcon } from "../../ui/icons.tsx";
import { useWords } from "../../words/index.ts";
import { showInbox } from "../panes/show-inbox.ts";
import { capped } from "./capped.ts";

/** How many notifications are not seen yet, and the way to them. */
export function Bell() {
  const { unseen: label } = useWords();
  const unseen = useStore(view, unseenIn);
  return (
    <Button look="icon" className="relative" aria-label={label(unseen)} title={label(unseen)} onClick={showInbox}>
      <Struck />
      {unseen > 0 && (
        <span
          aria-hidden
          className="absolute end-0 top-0 min-w-4 rounded-full bg-bronze px-1 text-center text-[0.6875rem] leading-4 font-bold text-on-bronze tabular-nums pointer-coarse:end-0.5 pointer-coarse:top-1"
        >
          {capped(unseen)}
        </span>
      )}
    </Button>
  );
}

// Swings once whenever the number rises; a number that was not known before has not risen.
function Struck() {
  const unseen = useStore(view, (now) => now.counts?.unseen);
  const [last, setLast] = useState(unseen);
  const [strokes, setStrokes] = useState(0);
  if (unseen !== last) {
    setLast(unseen);
    if (last !== undefined && unseen !== undefined && unseen > last) setStrokes(strokes + 1);
  }
  return (
    <span key={strokes} className={strokes > 0 ? "swing" : ""}>
      <BellIcon />
    </span>
  );
}
