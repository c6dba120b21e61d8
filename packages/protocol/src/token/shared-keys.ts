import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { type Compact, jsonIn } from "./compact.ts";
import { secretOf, type TokenKey } from "./keys.ts";

/** What somebody who has the key signed, or undefined: it is not signed by any of these. Never throws. */
export type SharedKeys = (token: Compact) => unknown;

/**
 * Verifies HS256 by keys that are shared with backends, at once: the hash of a token takes some 10 µs, a way through WebCrypto and
 * its threads took 120. A signature has to be written as encoders write it, in which each has one form.
 */
export function sharedKeys(keys: readonly TokenKey[]): SharedKeys {
  const secrets = new Map<unknown, KeyObject>(keys.map((key) => [key.kid, secretOf(key)]));
  const [first] = secrets.values();
  return ({ header: { kid }, signed, claims, signature }) => {
    const secret = kid === undefined ? first : secrets.get(kid);
    if (secret === undefined) return undefined;
    const wanted = createHmac("sha256", secret).update(signed).digest("base64url");
    return isSame(signature, wanted) ? jsonIn(Buffer.from(claims, "base64url")) : undefined;
  };
}

/** In a time that does not tell how much of it is. */
function isSame(given: string, wanted: string): boolean {
  const [some, others] = [Buffer.from(given), Buffer.from(wanted)];
  return some.length === others.length && timingSafeEqual(some, others);
}
