import { limits } from "./limits.ts";

/**
 * Whether a string may be where a notification leads (P35): an absolute http or https URL, or a path of the page's own origin, in
 * the form in which `new URL(…).href` gives it. So every reader takes it for the same place, and none for a script.
 */
export function isUrl(value: string): boolean {
  if (value.length > limits.urlBytes || value.includes("\\")) return false;
  const url = URL.parse(value, ORIGIN);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return false;
  if (url.username !== "" || url.password !== "") return false; // https://bank.example@evil.example
  return value === (value.startsWith("/") ? url.href.slice(ORIGIN.length) : url.href); // ASCII, then: nothing else is normal.
}

/** Stands for the origin of whatever page shows the notification. */
const ORIGIN = "https://origin.invalid";
