import { createSecretKey, type KeyObject } from "node:crypto";

/** One signing key: `kid` names it in the token's header, `secret` is its bytes, at least `LEAST_SECRET_BYTES`. */
export type TokenKey = { readonly kid: string; readonly secret: Uint8Array };

/** Keys in force. The first one signs; all of them verify, so that keys can be rotated without a gap. */
export type TokenKeys = readonly [TokenKey, ...TokenKey[]];

/** RFC 7518, 3.2: a key for HS256 is at least as long as its hash. */
export const LEAST_SECRET_BYTES = 32;

/** The key as signers and verifiers take it, made once and not for each token. @throws RangeError if it is too short to be one. */
export function secretOf({ kid, secret }: TokenKey): KeyObject {
  if (secret.length < LEAST_SECRET_BYTES) throw new RangeError(`The key ${kid} has under ${LEAST_SECRET_BYTES} bytes.`);
  return createSecretKey(secret);
}
