import { useStore } from "zustand";
import { over } from "../../store/over.ts";
import { Button } from "../../ui/button.tsx";
import { ClockIcon, MoreIcon } from "../../ui/row-icons.tsx";
import { useAllWords } from "../../words/all.ts";
import { expectLayers } from "../layers/over-page.tsx";
import { type MenuName, openRowMenu, rowMenu } from "./row-menu.ts";
import type { Row } from "./rows.ts";

const ICONS = { more: MoreIcon, snooze: ClockIcon } as const;

type MenuButtonProps = { readonly of: MenuName; readonly row: Row; readonly className?: string };

/** Opens one of a row's menus. */
export function MenuButton({ of, row, className = "" }: MenuButtonProps) {
  const label = useAllWords().inbox.menus[of];
  const isOver = useStore(over, (layers) => layers.includes("row"));
  const isMine = useStore(rowMenu, (now) => now?.row.key === row.key && now.of === of);
  const Icon = ICONS[of];
  return (
    <Button
      look="icon"
      className={className}
      data-menu={of}
      aria-label={label}
      title={label}
      aria-haspopup="dialog"
      aria-expanded={isOver && isMine}
      onPointerEnter={expectLayers}
      onFocus={expectLayers}
      onClick={({ currentTarget }) => openRowMenu(of, row, currentTarget)}
    >
      <Icon />
    </Button>
  );
}
