import { useStore } from "zustand";
import { mark } from "../../hub.ts";
import { unreadIn, view } from "../../store/view.ts";
import { Button } from "../../ui/button.tsx";
import { useWords } from "../../words/index.ts";

/** Marks all read that stood here when it was pressed; what lands later stays unread (P23). */
export function MarkAll() {
  const { inbox: words } = useWords();
  const idle = useStore(view, (now) => unreadIn(now) === 0);
  return (
    <Button look="text" className="-me-2 wide:-my-2" aria-disabled={idle} onClick={() => idle || markAll()}>
      {words.markAllRead}
    </Button>
  );
}

function markAll(): void {
  const newest = view.getState().notifications.at(-1);
  if (newest !== undefined) mark("read", { upTo: newest.seq });
}
