import * as z from "zod/mini";
import { limits } from "../limits.ts";
import { isApplication, isUid } from "../text.ts";
import { type Grant, SEND_TO, WITHHOLDS } from "./grant.ts";

export type ClaimRules = {
  /** `aud` has to name it. */
  readonly audience: string;
  /** `iss` has to be one of them; none: it is not looked at. */
  readonly issuers?: readonly string[];
};

/** What these claims grant, whoever made them, or that they are no more, or not at all, in force (P16). Never throws. */
export function judge(claims: unknown, rules: ClaimRules): Grant | "expired" | "refused" {
  const read = Claims.safeParse(claims);
  if (!read.success || !isMeant(read.data, rules)) return "refused";
  const { iat, nbf = iat, exp } = read.data;
  const now = Date.now() / 1_000;
  if (Math.max(iat, nbf) > now + TOLERANCE_SECONDS) return "refused";
  return exp <= Math.floor(now) - TOLERANCE_SECONDS ? "expired" : grantOf(read.data);
}

/** A user's, and no application's (P39). */
const UserId = z.string().check(z.refine((uid) => isUid(uid) && !isApplication(uid)));
const Uid = z.string().check(z.refine(isUid));

/** A limit that cannot be read is not passed over: a token that holds one is refused. */
const Claims = z.object({
  sub: UserId,
  aud: z.unknown(),
  iss: z.optional(z.unknown()),
  iat: z.number(),
  nbf: z.optional(z.number()),
  exp: z.number(),
  jti: z.optional(z.string().check(z.minLength(1), z.maxLength(limits.tokenIdLength))),
  [SEND_TO]: z.optional(z.array(Uid).check(z.maxLength(limits.sendTo))),
  [WITHHOLDS]: z.optional(z.unknown()),
});
type Claims = z.infer<typeof Claims>;

const TOLERANCE_SECONDS = 30;

function isMeant({ aud, iss }: Claims, { audience, issuers = [] }: ClaimRules): boolean {
  const isForUs = aud === audience || (Array.isArray(aud) && aud.includes(audience));
  return isForUs && (issuers.length === 0 || issuers.some((issuer) => issuer === iss));
}

function grantOf(claims: Claims): Grant {
  const { sub, iat, exp, jti, send_to: sendTo } = claims;
  return {
    uid: sub,
    issuedAt: milliseconds(iat),
    expiresAt: milliseconds(exp),
    tokenId: jti,
    withholdsReceipts: claims[WITHHOLDS] === true,
    sendsTo: sendTo && new Set(sendTo),
  };
}

/** Of seconds since 1970, which may have a fraction, and may be of the far future. */
function milliseconds(seconds: number): number {
  return Math.min(Math.floor(seconds * 1000), Number.MAX_SAFE_INTEGER);
}
