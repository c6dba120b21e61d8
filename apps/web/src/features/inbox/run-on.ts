import { toggle } from "../../store/feed.ts";
import { linkOf } from "../../store/link.ts";
import { keyOf } from "../../store/toasts.ts";
import { undo } from "../../store/undo.ts";
import { isLong } from "../../ui/clamp.ts";
import type { ListHandle } from "../../ui/virtual-list.tsx";
import { ACTIONS, nextOfPlace } from "./actions.ts";
import type { Command } from "./keys.ts";
import { markRead, takeBack } from "./marking.ts";
import { openFocusedMenu } from "./row-menu.ts";
import { type Row, threadKey } from "./rows.ts";

/** Does what a key asks of a feed, or of its row that has the keyboard. Whether there was anything to do. */
export function runOn(command: Exclude<Command, "help">, list: ListHandle | null, rows: readonly Row[]): boolean {
  if (list === null) return false;
  if (isStep(command)) return stepOn(command, list);
  const key = list.focused();
  const row = rows.find((one) => one.key === key);
  if (row === undefined) return false;
  runOnRow(command, row, list);
  return true;
}

/** Does what a key asks of any list: to go on in it, or to take back what was done. Whether there was anything to do. */
export function stepOn(command: Exclude<Command, "help">, list: ListHandle | null): boolean {
  if (list === null || !isStep(command)) return false;
  if (command !== "undo") list.step(command === "next" ? 1 : -1);
  else if (undo.getState() === undefined) return false;
  else takeBack();
  return true;
}

type Step = "next" | "previous" | "undo";

function isStep(command: Command): command is Step {
  return command === "next" || command === "previous" || command === "undo";
}

function runOnRow(command: Exclude<Command, "help" | Step>, row: Row, list: ListHandle): void {
  switch (command) {
    case "open":
      return openRow(row);
    case "unfold":
      return unfold(row, list);
    case "reply":
    case "read":
    case "unread":
      if (ACTIONS[command].applies(row)) ACTIONS[command].run(row);
      return;
    case "archive":
      return nextOfPlace(row).run(row);
    case "snooze":
    case "more":
      return openFocusedMenu(command, row);
    default:
      command satisfies never;
  }
}

/** Goes where it leads, as its link does; else shows what there is more of. */
function openRow({ is, key, shown }: Row): void {
  const link = linkOf(shown);
  if (link !== undefined) {
    open(link, "_blank", "noopener,noreferrer");
    markRead([shown]);
  } else if (is === "group") toggle(key);
  else if (isLong(shown.text)) toggle(keyOf(shown));
}

/** Opens or closes the thread that a row is, or is in. */
function unfold({ is, key, shown: { thread } }: Row, list: ListHandle): void {
  if (thread === undefined) return;
  if (is === "member") list.focus(threadKey(thread)); // The row itself goes.
  toggle(is === "member" ? threadKey(thread) : key);
}
