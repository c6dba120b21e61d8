export type { Grant } from "./grant.ts";
export { LEAST_SECRET_BYTES, type TokenKey, type TokenKeys } from "./keys.ts";
export { type MintOptions, mintToken } from "./mint.ts";
export { type ProviderKeys, providerKeys, type ProviderOptions } from "./provider.ts";
export { tutorialToken } from "./tutorial.ts";
export { createVerifier, type Verdict, type Verifier, type VerifierOptions } from "./verify.ts";
