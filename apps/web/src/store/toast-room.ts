import { STANDING } from "./toasts.ts";

/** How many toasts may stand on this screen: on a phone, one and a count, so that the page stays in sight. */
export function toastRoom(): number {
  return matchMedia("(width < 480px)").matches ? 1 : STANDING;
}
