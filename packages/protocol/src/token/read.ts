/** What a browser may know of its own token: who it is for and when it expires (milliseconds since 1970). */
export type TokenReading = { readonly uid: string; readonly expiresAt: number };

/** Reads a token without verifying it (only the hub can), or undefined if it is not a token. Never throws. */
export function readToken(token: string): TokenReading | undefined {
  try {
    const [, payload = "", ...rest] = token.split(".");
    if (rest.length !== 1) return undefined;
    // Nobody has verified it: it may hold anything.
    const { sub, exp } = Object(JSON.parse(utf8(payload)));
    return typeof sub === "string" && typeof exp === "number" ? { uid: sub, expiresAt: exp * 1000 } : undefined;
  } catch {
    return undefined; // Whatever is wrong with it, it is not a token.
  }
}

/** What base64url stands for. Throws if it is none. */
function utf8(base64url: string): string {
  const bytes = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}
