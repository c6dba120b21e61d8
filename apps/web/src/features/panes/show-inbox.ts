import { flushSync } from "react-dom";
import { pane } from "../../store/pane.ts";

/** Brings the inbox to the front, and the keyboard to its heading. */
export function showInbox(): void {
  flushSync(() => pane.setState("inbox", true)); // What is still hidden takes no focus.
  document.getElementById("inbox-title")?.focus();
}
