import type { JWTPayload } from "jose";
import * as z from "zod/mini";
import { limits } from "../limits.ts";
import { isApplication, isUid } from "../text.ts";

/** What a token that holds says of its bearer. Times are milliseconds since 1970. */
export type Grant = {
  readonly uid: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The token's own name (`jti`), by which it alone can be revoked. */
  readonly tokenId: string | undefined;
  /** The bearer's marks say nothing to the authors. */
  readonly withholdsReceipts: boolean;
  /** To whom the bearer may send; undefined: to anybody. */
  readonly sendsTo: ReadonlySet<string> | undefined;
};

/** The claims of ours (P24, P31). */
export const WITHHOLDS = "withhold_receipts";
export const SEND_TO = "send_to";

/** The grant in these claims, or undefined if they are not what they have to be. Whether they are in force is not asked here. */
export function grantOf(payload: JWTPayload): Grant | undefined {
  const claims = Claims.safeParse(payload);
  if (!claims.success) return undefined;
  const { sub, iat, exp, jti, send_to: sendTo } = claims.data;
  return {
    uid: sub,
    issuedAt: milliseconds(iat),
    expiresAt: milliseconds(exp),
    tokenId: jti,
    withholdsReceipts: claims.data[WITHHOLDS] === true,
    sendsTo: sendTo && new Set(sendTo),
  };
}

/** A user's, and no application's (P39). */
const UserId = z.string().check(z.refine((uid) => isUid(uid) && !isApplication(uid)));
const Uid = z.string().check(z.refine(isUid));

/** A limit that cannot be read is not passed over: a token that holds one is refused. */
const Claims = z.object({
  sub: UserId,
  iat: z.number(),
  exp: z.number(),
  jti: z.optional(z.string().check(z.minLength(1), z.maxLength(limits.tokenIdLength))),
  [SEND_TO]: z.optional(z.array(Uid).check(z.maxLength(limits.sendTo))),
  [WITHHOLDS]: z.optional(z.unknown()),
});

/** Of seconds since 1970, which may have a fraction, and may be of the far future. */
function milliseconds(seconds: number): number {
  return Math.min(Math.floor(seconds * 1000), Number.MAX_SAFE_INTEGER);
}
