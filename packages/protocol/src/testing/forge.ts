import { createHmac, generateKeyPairSync, sign } from "node:crypto";

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

/** A pair of RSA keys: signs with the private one, shows the public one to everybody. */
export function rsa(): { readonly signer: Signer; readonly publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    signer: (signed) => sign("sha256", Buffer.from(signed), privateKey).toString("base64url"),
    publicPem: publicKey.export({ type: "spki", format: "pem" }),
  };
}

function part(value: object | string): string {
  return typeof value === "string" ? value : Buffer.from(JSON.stringify(value)).toString("base64url");
}
