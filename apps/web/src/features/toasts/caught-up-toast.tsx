import { Toast } from "@base-ui/react/toast";
import { useStore } from "zustand";
import { caughtUp } from "../../store/caught-up.ts";
import { dismissCaughtUp } from "../../store/dismissals.ts";
import { type View, view } from "../../store/view.ts";
import { Button } from "../../ui/button.tsx";
import { useAllWords } from "../../words/all.ts";
import { useLanguage } from "../../words/index.ts";
import { listed } from "../../words/list.ts";
import { showInbox } from "../panes/show-inbox.ts";
import { Dismiss, DISMISS_ROOM } from "./dismiss.tsx";
import type { Shown } from "./manager.ts";

/** Authors that are named; the others are counted. */
const NAMED = 3;

/** What came while it was quiet, from whom, and the way to it. */
export function CaughtUpToast({ toast }: { readonly toast: Toast.Root.ToastObject<Shown> }) {
  const { toasts: words } = useAllWords();
  const language = useLanguage();
  const all = useStore(caughtUp);
  const says = useStore(view, isCut) ? words.caughtUpOrMore : words.caughtUp;
  const people = [...new Set(all.map(({ from }) => from).toReversed())];
  const rest = people.length - NAMED;
  const named = [...people.slice(0, NAMED), ...(rest > 0 ? [words.others(rest)] : [])];
  return (
    <Toast.Root toast={toast} className="toast fading" swipeDirection={["right", "left"]} aria-hidden={false}>
      <Toast.Content className="toast-card lifted flex gap-3 p-3 ps-4">
        <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
          <Toast.Title render={<p />} className={`font-bold ${DISMISS_ROOM}`}>
            {says(all.length)}
          </Toast.Title>
          <Toast.Description className="line-clamp-2 text-small leading-words wrap-anywhere text-quiet">
            {words.caughtUpFrom(listed(named, language))}
          </Toast.Description>
          <Button look="text" className="-ms-2 -mb-1" onClick={show}>
            {words.show}
          </Button>
        </div>
        <Dismiss />
      </Toast.Content>
    </Toast.Root>
  );
}

/** Of the quiet that is over the page holds the newest alone. */
function isCut({ notifications, complete, quiet }: View): boolean {
  return !complete.notification && quiet !== undefined && quiet.since < (notifications[0]?.seq ?? 0);
}

function show(): void {
  showInbox();
  dismissCaughtUp();
}
