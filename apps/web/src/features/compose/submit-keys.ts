import type { KeyboardEvent } from "react";

/** Ctrl+Enter or Cmd+Enter sends, unless it ends the composition of a character. */
export function submitOnKeys(event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
