import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a page of this origin may open a socket: the hub's own page, or one on the list ("*" is everybody). Programs that are
 * not browsers send no Origin; they are judged by their token alone.
 */
export function isOriginAllowed({ origin, host }: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes("*") || allowed.includes(origin)) return true;
  const url = URL.parse(origin);
  if (url?.origin !== origin) return false; // A browser writes nothing before or behind it.
  return url.host === host && (url.protocol === "http:" || url.protocol === "https:");
}
