import { flushSync } from "react-dom";
import { createStore } from "zustand/vanilla";
import { openOver } from "../../store/over.ts";
import type { Row } from "./rows.ts";

/** What a row offers in a menu: all that can be done with it, or for how long to put it off. */
export type MenuName = "more" | "snooze";

/** The menu that is open, or was last. */
export type RowMenu = {
  /** Which button opened it. */
  readonly of: MenuName;
  readonly button: HTMLElement;
  readonly row: Row;
  readonly shows: MenuName;
};

export const rowMenu = createStore<RowMenu | undefined>(() => undefined);

/** Opens a row's menu at its button. */
export function openRowMenu(of: MenuName, row: Row, button: HTMLElement): void {
  rowMenu.setState({ of, button, row, shows: of }, true);
  openOver("row");
}

/** Opens a menu of the row that has the keyboard. */
export function openFocusedMenu(of: MenuName, row: Row): void {
  const at = document.activeElement?.closest("[data-row]");
  const buttons = [...(at?.querySelectorAll<HTMLElement>("[data-menu]") ?? [])].filter(isDrawn);
  const button = buttons.find(({ dataset }) => dataset["menu"] === of) ?? buttons[0];
  if (button !== undefined) openRowMenu(of, row, button);
}

/** Where there is no room for its own button, a menu hangs from the other one. */
function isDrawn(button: HTMLElement): boolean {
  return button.getClientRects().length > 0;
}

/** The open menu shows the other one in its place. */
export function turnRowMenu(shows: MenuName): void {
  const now = rowMenu.getState();
  if (now !== undefined) rowMenu.setState({ ...now, shows }, true);
}

/** Brings the keyboard back to the row from which a menu was opened. */
export function leaveRowMenu(): void {
  rowMenu.getState()?.button.closest<HTMLElement>("[data-row]")?.focus({ preventScroll: true });
}

/** Does what was chosen. The keyboard is back at the row before that may go: so the next one has it then. */
export function runFromRow(run: () => void): void {
  flushSync(leaveRowMenu);
  run();
}
