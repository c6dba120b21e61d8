/** As a `ref`: the only thing to do on this page has the keyboard from the start. */
export function focusAtOnce(control: HTMLElement | null): void {
  control?.focus();
}
