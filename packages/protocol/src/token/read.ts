import { decodeJwt } from "jose/jwt/decode";

/** What a browser may know of its own token: who it is for and when it expires (milliseconds since 1970). */
export type TokenReading = { readonly uid: string; readonly expiresAt: number };

/** Reads a token without verifying it (only the hub can), or undefined if it is not a token. Never throws. */
export function readToken(token: string): TokenReading | undefined {
  try {
    const { sub, exp } = decodeJwt(token);
    // Nobody has verified it: whatever it holds, it need not be what the type says.
    return typeof sub === "string" && typeof exp === "number" ? { uid: sub, expiresAt: exp * 1000 } : undefined;
  } catch {
    return undefined; // Whatever jose finds wrong with it, it is not a token.
  }
}
