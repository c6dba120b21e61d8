import { useStore } from "zustand";
import { view } from "../../store/view.ts";
import { Button } from "../../ui/button.tsx";
import { ArchiveIcon } from "../../ui/row-icons.tsx";
import { useAllWords } from "../../words/all.ts";
import { archive, readInInbox } from "./marking.ts";

/** Takes all that is read here out of the way. Its place is the offer's to take that back then: `onDone` brings the keyboard there. */
export function ArchiveRead({ onDone }: { readonly onDone: () => void }) {
  const { archiveRead } = useAllWords().inbox;
  const idle = useStore(view, ({ notifications }) => readInInbox(notifications).length === 0);
  const onClick = () => {
    if (idle) return;
    onDone();
    archive(readInInbox(view.getState().notifications));
  };
  return (
    <Button look="icon" aria-label={archiveRead} title={archiveRead} aria-disabled={idle} onClick={onClick}>
      <ArchiveIcon />
    </Button>
  );
}
