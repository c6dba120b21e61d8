import { timingSafeEqual } from "node:crypto";
import { type ApiKey, secretDigest } from "../../config/api-keys.ts";

/** The name of the application whose secret an `Authorization` header carries; undefined if it is nobody's. */
export function applicationOf(authorization: string | undefined, keys: readonly ApiKey[]): string | undefined {
  const [, secret] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (secret === undefined) return undefined;
  const digest = secretDigest(secret);
  let found: string | undefined;
  // All of them, so that the time it takes does not tell which one it was, or how near.
  for (const key of keys) if (timingSafeEqual(key.digest, digest)) found = key.name;
  return found;
}
