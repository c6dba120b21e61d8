/** A token in its three parts (RFC 7515, 7.1), of which nothing is verified. */
export type Compact = {
  /** As far as it decides by which key the token is verified. */
  readonly header: { readonly alg: unknown; readonly kid: unknown; readonly crit: unknown };
  /** Its first two parts. */
  readonly signed: string;
  readonly claims: string;
  readonly signature: string;
};

/** The parts of a token, or undefined if it has not three of them or its header says nothing. Never throws. */
export function compactOf(token: string): Compact | undefined {
  const [header = "", claims = "", signature, ...rest] = token.split(".", MOST_PARTS);
  if (signature === undefined || rest.length > 0) return undefined;
  const { alg, kid, crit } = Object(jsonIn(Buffer.from(header, "base64url")));
  return { header: { alg, kid, crit }, signed: token.slice(0, -signature.length - 1), claims, signature };
}

/** What these bytes say, or undefined if they are no JSON in UTF-8. Never throws. */
export function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strict.decode(bytes));
  } catch {
    return undefined; // Whatever they are instead.
  }
}

/** One more than there may be. */
const MOST_PARTS = 4;
const strict = new TextDecoder("utf-8", { fatal: true });
