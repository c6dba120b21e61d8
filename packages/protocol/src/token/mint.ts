import { SignJWT } from "jose";
import { isUid } from "../text.ts";
import type { TokenKey } from "./keys.ts";

export type MintOptions = {
  readonly key: TokenKey;
  /** `aud`: which hub the token is for. */
  readonly audience: string;
  /** Seconds until the token expires; default 3,600. */
  readonly lifetime?: number;
  /** The bearer's marks say nothing to the authors: of what they sent, they learn `delivered` and no more. */
  readonly withholdsReceipts?: boolean;
  /** Now, in milliseconds since 1970; default the machine's clock. */
  readonly now?: number;
};

/** The claim by which a token withholds `seen` and `read` from authors (P24). */
export const WITHHOLDS = "withhold_receipts";

/** What a token says: `sub` = uid, `exp` and `iat` in seconds since 1970 (RFC 7519). */
export type Claims = { readonly sub: string; readonly exp: number };

/**
 * Signs a token (JWT, HS256) that lets its bearer be `uid` until it expires. Servers only: whoever holds the key can be anybody.
 * @throws RangeError if `uid` is not a uid.
 */
export async function mintToken(uid: string, options: MintOptions): Promise<string> {
  if (!isUid(uid)) throw new RangeError("Not a uid.");
  const issued = Math.floor((options.now ?? Date.now()) / 1000);
  return new SignJWT(options.withholdsReceipts === true ? { [WITHHOLDS]: true } : {})
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: options.key.kid })
    .setSubject(uid)
    .setAudience(options.audience)
    .setIssuedAt(issued)
    .setExpirationTime(issued + (options.lifetime ?? 3600))
    .sign(options.key.secret);
}
