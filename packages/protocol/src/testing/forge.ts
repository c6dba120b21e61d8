import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { JWK } from "jose";

/** Signs the first two parts of a token; gives the third. */
export type Signer = (signed: string) => string;

/** A compact JWS made by hand, so that it can be as wrong as it likes. Parts that are strings stand as they are. */
export function forge(header: object | string, payload: object | string, signer: Signer): string {
  const signed = `${part(header)}.${part(payload)}`;
  return `${signed}.${signer(signed)}`;
}

/** HMAC with SHA-256, or with another length of SHA-2. */
export function hmac(secret: Uint8Array | string, hash: "sha256" | "sha384" | "sha512" = "sha256"): Signer {
  return (signed) => createHmac(hash, secret).update(signed).digest("base64url");
}

export const unsigned: Signer = () => "";

/** A key pair: signs with the private key, shows the public one to everybody. */
export type Pair = {
  /** With its own usual algorithm: RS256, ES256 or EdDSA. */
  readonly alg: string;
  readonly signer: Signer;
  readonly publicPem: string;
  readonly jwk: JWK;
};

export function rsa(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return pair("RS256", publicKey, (signed) => sign("sha256", Buffer.from(signed), privateKey));
}

export function elliptic(): Pair {
  const { privateKey: key, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return pair("ES256", publicKey, (signed) => sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }));
}

export function edwards(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return pair("EdDSA", publicKey, (signed) => sign(null, Buffer.from(signed), privateKey));
}

function pair(alg: string, publicKey: KeyObject, bytes: (signed: string) => Buffer): Pair {
  return {
    alg,
    signer: (signed) => bytes(signed).toString("base64url"),
    publicPem: publicKey.export({ type: "spki", format: "pem" }),
    jwk: publicKey.export({ format: "jwk" }),
  };
}

function part(value: object | string): string {
  return typeof value === "string" ? value : Buffer.from(JSON.stringify(value)).toString("base64url");
}
