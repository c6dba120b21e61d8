import { createSecretKey } from "node:crypto";
import { errors, type JWTHeaderParameters, jwtVerify } from "jose";
import { isUid } from "../text.ts";
import type { TokenKeys } from "./keys.ts";
import { WITHHOLDS } from "./mint.ts";

export type VerifierOptions = { readonly keys: TokenKeys; readonly audience: string };

/** Who the bearer is and until when (milliseconds since 1970), or that the token is expired or refused. */
export type Verdict =
  | {
      readonly outcome: "accepted";
      readonly uid: string;
      readonly expiresAt: number;
      readonly withholdsReceipts: boolean;
    }
  | { readonly outcome: "expired" }
  | { readonly outcome: "refused" };

export type Verifier = (token: string) => Promise<Verdict>;

/**
 * Makes a verifier by the rules of RFC 8725: HS256 alone, `sub`, `exp`, `iat` and `aud` required, 30 s tolerance, no critical
 * extensions. A token without `kid` is checked with the first key, one with an unknown `kid` is refused. Never throws on a token.
 */
export function createVerifier({ keys, audience }: VerifierOptions): Verifier {
  const byKid = new Map(keys.map((key) => [key.kid, createSecretKey(key.secret)]));
  const first = createSecretKey(keys[0].secret);

  const keyOf = (header: JWTHeaderParameters) => {
    const key = header.kid === undefined ? first : byKid.get(header.kid);
    if (key === undefined) throw new errors.JWKSNoMatchingKey();
    return key;
  };

  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keyOf, RULES(audience));
      const { sub, exp, iat } = payload;
      if (sub === undefined || exp === undefined || iat === undefined || !isUid(sub)) return REFUSED;
      if (iat > Date.now() / 1000 + TOLERANCE_SECONDS) return REFUSED;
      return { outcome: "accepted", uid: sub, expiresAt: exp * 1000, withholdsReceipts: payload[WITHHOLDS] === true };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { outcome: "expired" };
      if (error instanceof errors.JOSEError) return REFUSED;
      if (error instanceof TypeError) return REFUSED; // jose's answer to a token that is not even a compact JWS.
      throw error;
    }
  };
}

const TOLERANCE_SECONDS = 30;
const REFUSED: Verdict = { outcome: "refused" };

const RULES = (audience: string) => ({
  algorithms: ["HS256"],
  audience,
  requiredClaims: ["sub", "exp", "iat", "aud"],
  clockTolerance: TOLERANCE_SECONDS,
});
