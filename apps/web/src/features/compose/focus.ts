/** Names of the two fields in the document. */
export const FIELDS = { to: "compose-to", text: "compose-text" } as const;

/** Moves the keyboard to a field of the form. */
export function focusOn(field: keyof typeof FIELDS): void {
  document.getElementById(FIELDS[field])?.focus();
}
