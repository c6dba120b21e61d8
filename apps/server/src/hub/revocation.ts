import type { Bearing, Revocation } from "./ports.ts";

/** What can be revoked: a user's tokens, or one by its name (`jti`), which the hub may forget at its `expiresAt` (milliseconds since 1970). */
export type Revocable = { readonly uid: string } | { readonly tokenId: string; readonly expiresAt?: number };

/** What is revoked if it happens now. */
export function revocationOf(what: Revocable, now: number): Revocation {
  return "uid" in what
    ? { of: "user", uid: what.uid, until: now }
    : { of: "token", tokenId: what.tokenId, expiresAt: what.expiresAt };
}

/** Whether this token is one of those. */
export function covers(revocation: Revocation, { uid, issuedAt, tokenId }: Bearing): boolean {
  return revocation.of === "user"
    ? revocation.uid === uid && issuedAt <= revocation.until
    : revocation.tokenId === tokenId;
}
