import { compactVerify, errors } from "jose";
import { limits } from "../limits.ts";
import { type ClaimRules, judge } from "./claims.ts";
import { compactOf, jsonIn } from "./compact.ts";
import type { Grant } from "./grant.ts";
import type { TokenKey } from "./keys.ts";
import { KeysUnavailable, type ProviderKeys } from "./provider.ts";
import { sharedKeys } from "./shared-keys.ts";

export type VerifierOptions = ClaimRules & {
  /** Keys that backends share with the hub (HS256); the first is meant by a token without `kid`. None: no such token is accepted. */
  readonly keys: readonly TokenKey[];
  /** The keys of an identity provider, for tokens that are signed asymmetrically. */
  readonly provider?: ProviderKeys | undefined;
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
export function createVerifier({ keys, provider, ...rules }: VerifierOptions): Verifier {
  const bySharedKey = sharedKeys(keys);
  return async (token) => {
    const compact = token.length > limits.tokenLength ? undefined : compactOf(token);
    if (compact === undefined || compact.header.crit !== undefined) return REFUSED;
    // The algorithm decides where the key is looked for, so that a public key is never taken for a secret.
    if (compact.header.alg === SYMMETRIC) return verdictOn(bySharedKey(compact), rules);
    if (provider === undefined) return REFUSED;
    try {
      const { payload } = await compactVerify(token, provider, { algorithms: ASYMMETRIC });
      return verdictOn(jsonIn(payload), rules);
    } catch (error) {
      return verdictOnFault(error);
    }
  };
}

const SYMMETRIC = "HS256";
/** What a provider may sign with. EdDSA goes by two names (RFC 9864). */
const ASYMMETRIC = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"];
const REFUSED: Verdict = { outcome: "refused" };

/** On what was signed. */
function verdictOn(claims: unknown, rules: ClaimRules): Verdict {
  const judged = judge(claims, rules);
  return typeof judged === "string" ? { outcome: judged } : { outcome: "accepted", grant: judged };
}

function verdictOnFault(error: unknown): Verdict {
  if (error instanceof KeysUnavailable) return { outcome: "unavailable" };
  if (error instanceof errors.JOSEError) return REFUSED;
  if (error instanceof TypeError) return REFUSED; // jose's answer to what only looks like a compact JWS.
  throw error;
}
