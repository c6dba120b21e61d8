import { Toast } from "@base-ui/react/toast";
import { useStore } from "zustand";
import { onlyPressing, toasts } from "../../store/toasts.ts";
import { Button } from "../../ui/button.tsx";
import { useAllWords } from "../../words/all.ts";
import { showInbox } from "../panes/show-inbox.ts";
import { Dismiss } from "./dismiss.tsx";
import type { Shown } from "./manager.ts";

/** How many rang that found no room, and the way to them. */
export function MoreToast({ toast }: { readonly toast: Toast.Root.ToastObject<Shown> }) {
  const { toasts: words } = useAllWords();
  const count = useStore(toasts, (now) => now.more.length);
  const isAll = useStore(toasts, (now) => now.isAll);
  const isAlone = useStore(toasts, (now) => now.standing.length === 0);
  const alone = isAll ? words.alone : words.aloneOrMore;
  const behind = isAll ? words.more : words.moreOrMore;
  return (
    <Toast.Root toast={toast} className="toast fading" swipeDirection={["right", "left"]}>
      <Toast.Content className="toast-card lifted flex items-center gap-2 py-2 ps-4 pe-3">
        <Toast.Title render={<p />} className="flex-1 text-small tabular-nums">
          {isAlone ? alone(count) : behind(count)}
        </Toast.Title>
        <Button look="text" onClick={show}>
          {words.show}
        </Button>
        <Dismiss place="line" />
      </Toast.Content>
    </Toast.Root>
  );
}

function show(): void {
  showInbox();
  toasts.setState(onlyPressing, true);
}
