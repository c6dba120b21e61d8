import type { Bearing, Revocation } from "../../hub/ports.ts";
import type { Store } from "./store.ts";

/** Takes note of a revocation. Redis itself forgets those of tokens that nobody would accept any more. */
export async function revoke(store: Store, revocation: Revocation): Promise<void> {
  if (revocation.of === "user") {
    await store.call("FCALL", "revokeUser", store.keys.revokedUser(revocation.uid), [revocation.until]);
    return;
  }
  const { tokenId, expiresAt } = revocation;
  await store.call("FCALL", "revokeToken", store.keys.revokedToken(tokenId), [
    expiresAt === undefined ? "" : expiresAt + TOLERANCE_MS,
  ]);
}

/** Whether any revocation covers this token. */
export async function isRevoked({ send, keys }: Store, { uid, issuedAt, tokenId }: Bearing): Promise<boolean> {
  const [until, token] = await Promise.all([
    send<string | null>(["GET", keys.revokedUser(uid)]),
    tokenId === undefined ? null : send<string | null>(["GET", keys.revokedToken(tokenId)]),
  ]);
  return token !== null || (until !== null && issuedAt <= Number(until));
}

/** For so long after it is expired, a token may still be accepted by a hub whose clock differs: twice what P16 tolerates. */
export const TOLERANCE_MS = 60_000;
