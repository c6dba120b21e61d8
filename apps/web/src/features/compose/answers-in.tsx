import { useStore } from "zustand";
import { compose, leaveThread } from "../../store/compose.ts";
import { Button } from "../../ui/button.tsx";
import { CloseIcon } from "../../ui/icons.tsx";
import { Thread } from "../../ui/thread.tsx";
import { useWords } from "../../words/index.ts";
import { focusOn } from "./focus.ts";

/** The thread of what is being written, and the way out of it. */
export function AnswersIn() {
  const { compose: words } = useWords();
  const thread = useStore(compose, (now) => now.thread);
  if (thread === undefined) return null;
  const leave = () => {
    leaveThread();
    focusOn("text");
  };
  return (
    <p className="-my-1 flex min-w-0 items-center gap-1 text-small text-quiet">
      <span className="shrink-0">{words.answersIn}</span>
      <Thread name={thread} />
      <Button look="icon" aria-label={words.leaveThread} title={words.leaveThread} onClick={leave}>
        <CloseIcon />
      </Button>
    </p>
  );
}
