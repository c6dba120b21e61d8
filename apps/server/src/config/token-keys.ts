import { LEAST_SECRET_BYTES, type TokenKeys } from "@carillon/protocol/token";

/** `kid:secret[,kid:secret]`: the first signs, all verify. A secret is taken as the bytes of its characters. */
export function parseTokenKeys(value: string): TokenKeys {
  const [first, ...rest] = value.split(",").map(parseTokenKey);
  if (first === undefined) throw new Error(FORM);
  return [first, ...rest];
}

function parseTokenKey(part: string): TokenKeys[0] {
  const [, kid, text] = /^\s*([A-Za-z0-9_-]{1,64}):(\S+)\s*$/.exec(part) ?? [];
  if (kid === undefined || text === undefined) throw new Error(FORM);
  const secret = new TextEncoder().encode(text);
  if (secret.length < LEAST_SECRET_BYTES)
    throw new Error(
      `has a secret of under ${LEAST_SECRET_BYTES} bytes (${kid}). Make one with: openssl rand -base64 32`,
    );
  return { kid, secret };
}

const FORM = "must be kid:secret, or several with commas between them, such as main:$(openssl rand -base64 32).";
