import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { isApplication, isUid } from "../text.ts";
import { SEND_TO, WITHHOLDS } from "./grant.ts";
import { secretOf, type TokenKey } from "./keys.ts";

export type MintOptions = {
  readonly key: TokenKey;
  /** `aud`: which hub the token is for. */
  readonly audience: string;
  /** `iss`: who says so, for hubs that want to know. */
  readonly issuer?: string | undefined;
  /** Seconds until the token expires; default 3,600. */
  readonly lifetime?: number;
  /** `jti`: the name by which this token alone can be revoked; default a random one. */
  readonly id?: string;
  /** The uids that the bearer may send to, none if empty; default anybody. */
  readonly sendTo?: readonly string[];
  /** The bearer's marks say nothing to the authors: of what they sent, they learn `delivered` and no more. */
  readonly withholdsReceipts?: boolean;
  /** Now, in milliseconds since 1970; default the machine's clock. */
  readonly now?: number;
};

/**
 * Signs a token (JWT, HS256) that lets its bearer be `uid` until it expires. Servers only: whoever holds the key can be anybody.
 * @throws RangeError if `uid` is not a user's, or the key is too short to be one.
 */
export async function mintToken(uid: string, options: MintOptions): Promise<string> {
  if (!isUid(uid) || isApplication(uid)) throw new RangeError("Not the uid of a user."); // P39
  const { key, audience, issuer, lifetime = 3600, id = randomUUID(), now = Date.now() } = options;
  const issued = Math.floor(now / 1000);
  const token = new SignJWT(limitsOf(options))
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: key.kid })
    .setSubject(uid)
    .setAudience(audience)
    .setIssuedAt(issued)
    .setExpirationTime(issued + lifetime)
    .setJti(id);
  if (issuer !== undefined) token.setIssuer(issuer);
  return token.sign(secretOf(key));
}

function limitsOf({ sendTo, withholdsReceipts }: MintOptions): Record<string, unknown> {
  return { ...(sendTo && { [SEND_TO]: sendTo }), ...(withholdsReceipts === true && { [WITHHOLDS]: true }) };
}
