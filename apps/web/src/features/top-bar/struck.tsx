import { useState } from "react";
import { useStore } from "zustand";
import { view } from "../../store/view.ts";
import { BellIcon } from "../../ui/icons.tsx";

/** The bell. Swings once whenever the number of unseen ones rises; a number that was not known before has not risen. */
export function Struck() {
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
