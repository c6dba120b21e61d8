import type { Grant } from "@carillon/protocol/token";
import type { Revocations } from "../hub/ports.ts";

/** What a token without limits grants, as if it were issued at `issuedAt` and never expired. */
export function grantOf(uid: string, more: Partial<Grant> = {}): Grant {
  const always = { issuedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER, tokenId: undefined };
  return { uid, ...always, withholdsReceipts: false, sendsTo: undefined, ...more };
}

/** Where no token is ever revoked. */
export const noRevocations: Revocations = { revoke: async () => {}, isRevoked: async () => false };
