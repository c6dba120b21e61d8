import type { KeyboardEvent } from "react";

/** Of a field with one thing in it: Enter (with Ctrl or Cmd, too) sends, Shift+Enter begins a line, Escape leaves, and only that. */
export function onLineKeys(event: KeyboardEvent<HTMLTextAreaElement>, onLeave: () => void): void {
  if (event.nativeEvent.isComposing) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    onLeave();
  }
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
