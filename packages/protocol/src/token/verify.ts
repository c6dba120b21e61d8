import {
  type CryptoKey,
  errors,
  type FlattenedJWSInput,
  type JWTHeaderParameters,
  jwtVerify,
  type JWTVerifyOptions,
  type KeyObject,
} from "jose";
import { limits } from "../limits.ts";
import { type Grant, grantOf } from "./grant.ts";
import { secretOf, type TokenKey } from "./keys.ts";
import { KeysUnavailable, type ProviderKeys } from "./provider.ts";

export type VerifierOptions = {
  /** Keys that backends share with the hub (HS256); the first is meant by a token without `kid`. None: no such token is accepted. */
  readonly keys: readonly TokenKey[];
  /** The keys of an identity provider, for tokens that are signed asymmetrically. */
  readonly provider?: ProviderKeys | undefined;
  /** `aud` has to name it. */
  readonly audience: string;
  /** `iss` has to be one of them; none: it is not looked at. */
  readonly issuers?: readonly string[];
};

/** What the bearer is granted, or that the token is expired or refused, or that nobody can say so now. */
export type Verdict =
  | { readonly outcome: "accepted"; readonly grant: Grant }
  | { readonly outcome: "expired" }
  | { readonly outcome: "refused" }
  | { readonly outcome: "unavailable" };

export type Verifier = (token: string) => Promise<Verdict>;

/**
 * Makes a verifier by the rules of RFC 8725: listed algorithms alone, each with keys of its own kind, `sub`, `exp`, `iat` and
 * `aud` required, 30 s tolerance, no critical extensions. A token with an unknown `kid` is refused. Never throws on a token.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const keyOf = keyFinder(options);
  const rules = rulesOf(options);
  return async (token) => {
    if (token.length > limits.tokenLength) return REFUSED;
    try {
      const { payload } = await jwtVerify(token, keyOf, rules);
      const grant = grantOf(payload);
      return grant === undefined || isOfTheFuture(grant) ? REFUSED : { outcome: "accepted", grant };
    } catch (error) {
      return verdictOn(error);
    }
  };
}

const SYMMETRIC = "HS256";
/** What a provider may sign with. EdDSA goes by two names (RFC 9864). */
const ASYMMETRIC = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"];
const TOLERANCE_SECONDS = 30;
const REFUSED: Verdict = { outcome: "refused" };

function rulesOf({ keys, provider, audience, issuers = [] }: VerifierOptions): JWTVerifyOptions {
  return {
    algorithms: [...(keys.length > 0 ? [SYMMETRIC] : []), ...(provider === undefined ? [] : ASYMMETRIC)],
    audience,
    ...(issuers.length > 0 && { issuer: [...issuers] }),
    requiredClaims: ["sub", "exp", "iat", "aud"],
    clockTolerance: TOLERANCE_SECONDS,
  };
}

/** The algorithm decides where the key is looked for, so that a public key is never taken for a secret. */
function keyFinder({ keys, provider }: VerifierOptions) {
  const secrets = new Map(keys.map((key) => [key.kid, secretOf(key)]));
  const [first] = secrets.values();
  return async (header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey | KeyObject> => {
    const { alg, kid } = header;
    if (alg !== SYMMETRIC && provider !== undefined) return provider(header, token);
    const secret = kid === undefined ? first : secrets.get(kid);
    if (secret === undefined) throw new errors.JWKSNoMatchingKey();
    return secret;
  };
}

function isOfTheFuture({ issuedAt }: Grant): boolean {
  return issuedAt > Date.now() + TOLERANCE_SECONDS * 1000;
}

function verdictOn(error: unknown): Verdict {
  if (error instanceof KeysUnavailable) return { outcome: "unavailable" };
  if (error instanceof errors.JWTExpired) return { outcome: "expired" };
  if (error instanceof errors.JOSEError) return REFUSED;
  if (error instanceof TypeError) return REFUSED; // jose's answer to a token that is not even a compact JWS.
  throw error;
}
