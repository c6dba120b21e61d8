import type { Bearing, Revocation } from "../../hub/ports.ts";
import type { Statements } from "./statements.ts";

/** A revocation, written as changes are; `at`: milliseconds since 1970. */
export type Revoke = { readonly op: "revoke"; readonly revocation: Revocation; readonly at: number };

/** Takes note of a revocation, and forgets those of tokens that nobody would accept any more. */
export function revoke(sql: Statements, { revocation, at }: Revoke): void {
  if (revocation.of === "user") sql.revokeUser.run(revocation.uid, revocation.until);
  else sql.revokeToken.run(revocation.tokenId, revocation.expiresAt ?? null);
  sql.forgetRevoked.run(at - TOLERANCE_MS);
}

/** Whether any revocation covers this token. */
export function isRevoked(sql: Statements, { uid, issuedAt, tokenId }: Bearing): boolean {
  return sql.revoked.get(uid, issuedAt, tokenId ?? null) !== undefined;
}

/** For so long after it is expired, a token may still be accepted by a hub whose clock differs: twice what P16 tolerates. */
const TOLERANCE_MS = 60_000;
