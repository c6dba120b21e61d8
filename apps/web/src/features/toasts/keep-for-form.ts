import type { Notification } from "@carillon/protocol";
import { address, compose, write } from "../../store/compose.ts";
import { session } from "../../store/session.ts";

/** An answer whose toast is gone goes on in the form, unless something else is written there. */
export function keepForForm({ from, thread }: Notification, text: string): void {
  if (text.trim() === "" || compose.getState().text.trim() !== "" || session.getState().at !== "in") return;
  address(from, thread);
  write({ text });
}
