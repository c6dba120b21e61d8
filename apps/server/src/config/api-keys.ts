import { createHash } from "node:crypto";

/** Who may use the HTTP API: the application's name, and the SHA-256 of its secret. The secret itself is not kept. */
export type ApiKey = { readonly name: string; readonly digest: Buffer };

/** `name:secret[,name:secret]`; a name may have several secrets. */
export function parseApiKeys(value: string): readonly ApiKey[] {
  return value.split(",").map(parseApiKey);
}

/** What is kept of a secret, and compared. */
export function secretDigest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

function parseApiKey(part: string): ApiKey {
  const [, name, secret] = /^\s*([A-Za-z0-9_-]{1,64}):(\S+)\s*$/.exec(part) ?? [];
  if (name === undefined || secret === undefined) throw new Error(FORM);
  if (Buffer.byteLength(secret) < LEAST_BYTES)
    throw new Error(`has a secret of under ${LEAST_BYTES} bytes (${name}). Make one with: openssl rand -base64 32`);
  return { name, digest: secretDigest(secret) };
}

const LEAST_BYTES = 32;
const FORM = "must be name:secret, or several with commas between them, such as main:$(openssl rand -base64 32).";
