import type { Notification } from "@carillon/protocol";
import { flushSync } from "react-dom";
import { address, compose, mayAnswer } from "../../store/compose.ts";
import { closeOver } from "../../store/over.ts";
import { pane } from "../../store/pane.ts";
import { focusOn } from "../compose/focus.ts";

/** Begins an answer in the form. What is being written to somebody else is not lost for it: then the form is only shown. */
export function reply({ from, thread }: Notification): void {
  if (mayAnswer(compose.getState(), from)) address(from, thread);
  flushSync(() => {
    closeOver("inbox");
    pane.setState("write", true); // What is still hidden takes no focus.
  });
  focusOn("text");
}
