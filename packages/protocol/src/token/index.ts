export { type Claims, type MintOptions, mintToken } from "./mint.ts";
export { tutorialToken } from "./tutorial.ts";
export { createVerifier, type Verdict, type Verifier, type VerifierOptions } from "./verify.ts";
export { type TokenKey, type TokenKeys } from "./keys.ts";
