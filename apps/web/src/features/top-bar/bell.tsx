import { useStore } from "zustand";
import { over, toggleOver } from "../../store/over.ts";
import { useQuiet } from "../../store/quiet.ts";
import { onlyPressing, toasts } from "../../store/toasts.ts";
import { unseenIn, view } from "../../store/view.ts";
import { Button } from "../../ui/button.tsx";
import { MuteIcon } from "../../ui/icons.tsx";
import { useWords } from "../../words/index.ts";
import { ANCHORS } from "../layers/anchors.ts";
import { expectLayers } from "../layers/over-page.tsx";
import { showInbox } from "../panes/show-inbox.ts";
import { useInboxInSight } from "../panes/use-inbox-in-sight.ts";
import { capped } from "./capped.ts";
import { Struck } from "./struck.tsx";

/** How many notifications are not seen yet, and the way to the inbox: where it stands, or in a layer over the page. */
export function Bell() {
  const { unseen: label, quietBell } = useWords();
  const unseen = useStore(view, unseenIn);
  const isOpen = useStore(over, (layers) => layers.includes("inbox"));
  const isInSight = useInboxInSight();
  const isQuiet = useQuiet() !== undefined;
  const says = isQuiet ? quietBell(label(unseen)) : label(unseen);
  return (
    <Button
      id={ANCHORS.inbox}
      look="icon"
      className="relative"
      aria-label={says}
      title={says}
      {...(!isInSight && { "aria-haspopup": "dialog", "aria-expanded": isOpen })}
      onPointerEnter={expectLayers}
      onFocus={expectLayers}
      onClick={() => lead(isInSight)}
    >
      {isQuiet ? <MuteIcon /> : <Struck />}
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

function lead(isInSight: boolean): void {
  if (isInSight) showInbox(); // The same list twice would be one too many.
  else toggleOver("inbox");
  toasts.setState(onlyPressing, true);
}
