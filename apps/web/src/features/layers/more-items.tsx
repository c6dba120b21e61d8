import { isSameMute, type MuteTarget } from "@carillon/protocol";
import { flushSync } from "react-dom";
import { useStore } from "zustand";
import { mute } from "../../hub.ts";
import { view } from "../../store/view.ts";
import { UnfoldIcon } from "../../ui/row-icons.tsx";
import { useAllWords } from "../../words/all.ts";
import { nextOfPlace, nextOfReading } from "../inbox/actions.ts";
import { turnRowMenu } from "../inbox/row-menu.ts";
import type { Row } from "../inbox/rows.ts";
import { firstItem, Item, PlainItem } from "./menu-items.tsx";

/** All that can be done with a row but for the answer. */
export function MoreItems({ row }: { readonly row: Row }) {
  const { inbox: words } = useAllWords();
  const { from, thread, archived } = row.shown;
  return (
    <>
      {[nextOfReading(row), nextOfPlace(row)].map(({ name, run }) => (
        <Item key={name} onChoose={() => run(row)}>
          {words.actions[name]}
        </Item>
      ))}
      {!archived && (
        <PlainItem onClick={showTimes}>
          <span className="flex-1">{words.menus.snooze}</span>
          <UnfoldIcon isOpen={false} />
        </PlainItem>
      )}
      <hr className="mx-2 my-1 border-line" />
      {thread !== undefined && <MuteItem target={{ thread }} on={words.muteThread} off={words.unmuteThread} />}
      <MuteItem target={{ from }} on={words.mutePerson(from)} off={words.unmutePerson(from)} />
    </>
  );
}

function showTimes(): void {
  flushSync(() => turnRowMenu("snooze"));
  firstItem()?.focus();
}

type MuteItemProps = { readonly target: MuteTarget; readonly on: string; readonly off: string };

function MuteItem({ target, on, off }: MuteItemProps) {
  const isMuted = useStore(view, ({ mutes }) => mutes.some((one) => isSameMute(one, target)));
  return (
    <Item onChoose={() => mute(target, !isMuted)}>
      <span className="min-w-0 truncate">{isMuted ? off : on}</span>
    </Item>
  );
}
