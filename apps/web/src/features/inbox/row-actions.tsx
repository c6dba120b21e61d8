import type { ComponentType } from "react";
import { useStore } from "zustand";
import { compose, mayAnswer } from "../../store/compose.ts";
import { Button } from "../../ui/button.tsx";
import { ArchiveIcon, CheckIcon, ReplyIcon, UnarchiveIcon, UnreadIcon } from "../../ui/icons.tsx";
import { useWords } from "../../words/index.ts";
import { type Action, offeredBy } from "./actions.ts";
import type { Row } from "./rows.ts";

const ICONS: Readonly<Record<Action["name"], ComponentType>> = {
  reply: ReplyIcon,
  read: CheckIcon,
  unread: UnreadIcon,
  archive: ArchiveIcon,
  unarchive: UnarchiveIcon,
};

/** What can be done with a row. In sight while the row is pointed at or has the keyboard. */
export function RowActions({ row }: { readonly row: Row }) {
  const { inbox: words } = useWords();
  const isBusy = useStore(compose, (now) => !mayAnswer(now, row.shown.from));
  return (
    <span className="row-tools">
      {offeredBy(row).map(({ name, run }) => {
        const Icon = ICONS[name];
        const waits = name === "reply" && isBusy;
        return (
          <Button
            key={name === "unread" ? "read" : name} // The two that take turns are one place for the keyboard.
            look="icon"
            aria-label={words.actions[name]}
            title={waits ? words.replyWaits : words.actions[name]}
            aria-disabled={waits}
            onClick={() => run(row)}
          >
            <Icon />
          </Button>
        );
      })}
    </span>
  );
}
