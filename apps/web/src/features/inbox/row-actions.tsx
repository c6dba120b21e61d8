import type { ComponentType } from "react";
import { useStore } from "zustand";
import { compose, mayAnswer } from "../../store/compose.ts";
import { Button } from "../../ui/button.tsx";
import { ArchiveIcon, CheckIcon, ReplyIcon, UnarchiveIcon, UnreadIcon } from "../../ui/row-icons.tsx";
import { useAllWords } from "../../words/all.ts";
import { type Action, offeredBy } from "./actions.ts";
import { MenuButton } from "./menu-button.tsx";
import type { Row } from "./rows.ts";

/** How an action looks, and its place: those that take turns share one, so that the keyboard keeps it. */
const LOOKS: Readonly<Record<Action["name"], { readonly Icon: ComponentType; readonly place: string }>> = {
  reply: { Icon: ReplyIcon, place: "reply" },
  read: { Icon: CheckIcon, place: "read" },
  unread: { Icon: UnreadIcon, place: "read" },
  archive: { Icon: ArchiveIcon, place: "archive" },
  unarchive: { Icon: UnarchiveIcon, place: "archive" },
  wake: { Icon: UnarchiveIcon, place: "archive" },
};

/** Under a finger there is room for two: the menu has the others. */
const FOR_POINTERS = "pointer-coarse:hidden";

/** What can be done with a row. In sight while the row is pointed at or has the keyboard. */
export function RowActions({ row }: { readonly row: Row }) {
  const { inbox: words } = useAllWords();
  const isBusy = useStore(compose, (now) => !mayAnswer(now, row.shown.from));
  return (
    <span className="row-tools">
      {offeredBy(row).map(({ name, run }) => {
        const { Icon, place } = LOOKS[name];
        const waits = name === "reply" && isBusy;
        return (
          <Button
            key={place}
            look="icon"
            className={name === "reply" ? "" : FOR_POINTERS}
            aria-label={words.actions[name]}
            title={waits ? words.replyWaits : words.actions[name]}
            aria-disabled={waits}
            onClick={() => run(row)}
          >
            <Icon />
          </Button>
        );
      })}
      {!row.shown.archived && <MenuButton of="snooze" row={row} className={FOR_POINTERS} />}
      <MenuButton of="more" row={row} />
    </span>
  );
}
