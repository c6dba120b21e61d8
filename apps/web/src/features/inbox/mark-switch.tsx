import { mark } from "../../hub.ts";
import { Button } from "../../ui/button.tsx";
import { CheckIcon, UnreadIcon } from "../../ui/icons.tsx";
import { useWords } from "../../words/index.ts";

type MarkSwitchProps = { readonly seq: number; readonly read: boolean };

/** Marks one notification read, or unread again. In sight while its row is pointed at or has the keyboard. */
export function MarkSwitch({ seq, read }: MarkSwitchProps) {
  const { inbox: words } = useWords();
  const label = read ? words.markUnread : words.markRead;
  return (
    <Button
      look="icon"
      className="when-at-row -my-2 -me-2"
      aria-label={label}
      title={label}
      onClick={() => mark(read ? "unread" : "read", { seqs: [seq] })}
    >
      {read ? <UnreadIcon /> : <CheckIcon />}
    </Button>
  );
}
