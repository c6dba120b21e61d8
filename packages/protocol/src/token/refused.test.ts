import { describe, expect, test } from "vitest";
import { forge, hmac, rsa, unsigned } from "../testing/forge.ts";
import { createVerifier, type TokenKey } from "./index.ts";

const key: TokenKey = { kid: "main", secret: new Uint8Array(32).fill(1) };
const verify = createVerifier({ keys: [key], audience: "carillon" });
const signer = hmac(key.secret);
const now = Math.floor(Date.now() / 1000);
const header = { alg: "HS256", typ: "JWT", kid: "main" };
const claims = { sub: "101", aud: "carillon", iat: now, exp: now + 3600 };
const valid = forge(header, claims, signer);
const [validHeader = "", validClaims = "", validSignature = ""] = valid.split(".");
const identityProvider = rsa();

const claiming = (changed: object) => forge(header, { ...claims, ...changed }, signer);
const headed = (changed: object) => forge({ ...header, ...changed }, claims, signer);
const flipped = validSignature.startsWith("A") ? `B${validSignature.slice(1)}` : `A${validSignature.slice(1)}`;

test("[P16] the token that all others here are bent from is accepted", async () => {
  expect(await verify(valid)).toMatchObject({ outcome: "accepted", grant: { uid: "101" } });
});

/** Of 43 letters for 32 bytes, the last one has two bits too many. */
function nextLetter(letter: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return letters[letters.indexOf(letter) + 1] ?? "";
}

/** Another letter, whose code has the same last eight bits. */
function lookalike(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 256);
}

/** A token that would hold, of so many characters. */
function padded(length: number): string {
  for (let size = 0; ; size += 1) {
    const token = claiming({ pad: "x".repeat(size) });
    if (token.length >= length) return token;
  }
}

test("[P16] the longest token is accepted", async () => {
  const token = padded(8_188);
  expect(token.length).toBeLessThanOrEqual(8_192);
  expect(await verify(token)).toMatchObject({ outcome: "accepted" });
});

/** Every one of them is answered alike: who tries does not learn how near it was. */
describe("refused, all alike, and nothing is thrown", () => {
  const algorithms = {
    "alg none without a signature": forge({ ...header, alg: "none" }, claims, unsigned),
    "alg none with a valid signature": headed({ alg: "none" }),
    "alg NONE": forge({ ...header, alg: "NONE" }, claims, unsigned),
    "no alg": forge({ typ: "JWT", kid: "main" }, claims, signer),
    "alg as a number": headed({ alg: 256 }),
    "HS384 with the right key": forge({ ...header, alg: "HS384" }, claims, hmac(key.secret, "sha384")),
    "HS512 with the right key": forge({ ...header, alg: "HS512" }, claims, hmac(key.secret, "sha512")),
    RS256: forge({ ...header, alg: "RS256" }, claims, identityProvider.signer),
    "HS256 by the public key of an RS256 pair": forge(header, claims, hmac(identityProvider.publicPem)),
    "RS256 with an HMAC by our own key": headed({ alg: "RS256" }),
  };
  const keys = {
    "another key": forge(header, claims, hmac(new Uint8Array(32).fill(9))),
    "an empty key": forge(header, claims, hmac("")),
    "an unknown kid": headed({ kid: "other" }),
    "an empty kid": headed({ kid: "" }),
    "a kid that is a path": headed({ kid: "../../../../dev/null" }),
    "a kid that is SQL": headed({ kid: "main' UNION SELECT 'x" }),
    "a kid that JavaScript knows": headed({ kid: "__proto__" }),
    "a kid that is no string": headed({ kid: ["main"] }),
    "a key of its own in the header": forge(
      { alg: "HS256", kid: "x", jwk: { kty: "oct", k: "AAAA" } },
      claims,
      hmac(Buffer.from("AAAA", "base64url")),
    ),
    "a key set of its own in the header": headed({ kid: "x", jku: "https://mallory.example/jwks.json" }),
  };
  const claim = {
    "another audience": claiming({ aud: "other" }),
    "no audience": claiming({ aud: undefined }),
    "no audience among several": claiming({ aud: ["a", "b"] }),
    "no exp": claiming({ exp: undefined }),
    "exp as a string": claiming({ exp: String(now + 3600) }),
    "no iat": claiming({ iat: undefined }),
    "iat as a string": claiming({ iat: String(now) }),
    "iat an hour ahead": claiming({ iat: now + 3600, exp: now + 7200 }),
    "no sub": claiming({ sub: undefined }),
    "an empty sub": claiming({ sub: "" }),
    "a sub that is an application's": claiming({ sub: "app:shop" }),
    "a sub with a control character": claiming({ sub: "101\n" }),
    "a sub with a lone surrogate": forge(header, { ...claims, sub: "\ud800" }, signer),
    "a sub of 129 bytes": claiming({ sub: "鐘".repeat(43) }),
    "a sub that is a number": claiming({ sub: 101 }),
    "a sub that is an object": claiming({ sub: { toString: "101" } }),
    "an exp that is too large to be a number": forge(
      header,
      Buffer.from(JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e400')).toString("base64url"),
      signer,
    ),
    "not before an hour from now": claiming({ nbf: now + 3600 }),
    "a name that is a number": claiming({ jti: 1 }),
    "an empty name": claiming({ jti: "" }),
    "a name of 129 characters": claiming({ jti: "x".repeat(129) }),
    "a send_to that is a string": claiming({ send_to: "101" }),
    "a send_to that is true": claiming({ send_to: true }),
    "a send_to that is null": claiming({ send_to: null }),
    "a send_to of numbers": claiming({ send_to: [101] }),
    "a send_to with an empty uid": claiming({ send_to: [""] }),
    "a send_to of 51 uids": claiming({ send_to: Array.from({ length: 51 }, (_, n) => `u${n}`) }),
    "claims that are no object": forge(header, Buffer.from('"101"').toString("base64url"), signer),
    "claims that are no JSON": forge(header, Buffer.from("{").toString("base64url"), signer),
  };
  const shapes = {
    "an unknown critical extension": headed({ crit: ["b42"], b42: true }),
    "an unencoded payload": headed({ crit: ["b64"], b64: false }),
    "an empty crit": headed({ crit: [] }),
    "a signature with one character changed": `${validHeader}.${validClaims}.${flipped}`,
    "a signature in which bits are set that stand for nothing": `${valid.slice(0, -1)}${nextLetter(valid.slice(-1))}`,
    "a signature with padding": `${valid}=`,
    "a signature in the other alphabet": valid.replace(/[^.]*$/, `+/${validSignature.slice(2)}`),
    "a signature with a letter that only looks like it": `${valid.slice(0, -1)}${lookalike(valid.slice(-1))}`,
    "no signature": `${validHeader}.${validClaims}.`,
    "half a signature": `${validHeader}.${validClaims}.${validSignature.slice(0, 20)}`,
    "claims of another token": `${validHeader}.${claiming({ sub: "100" }).split(".")[1] ?? ""}.${validSignature}`,
    "two parts": `${validHeader}.${validClaims}`,
    "four parts": `${valid}.x`,
    "five parts, like a JWE": `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString("base64url")}..AAAA.AAAA.AAAA`,
    "the JSON serialization": JSON.stringify({
      protected: validHeader,
      payload: validClaims,
      signature: validSignature,
    }),
    nothing: "",
    dots: "..",
    garbage: "\u0000\ud800 not a token %%%",
    "a header that is no JSON": `e30x.${validClaims}.${validSignature}`,
    "1 MB of dots": ".".repeat(1_000_000),
    "1 MB of letters": "a".repeat(1_000_000),
    "a valid token of 8,193 characters": padded(8_193),
    "1 MB of claims, signed": claiming({ pad: "x".repeat(1_000_000) }),
    "1 MB of claims without a signature": forge(header, { ...claims, pad: "x".repeat(1_000_000) }, unsigned),
    "a token with the word before it": `Bearer ${valid}`,
  };

  test.each(Object.entries({ ...algorithms, ...keys, ...claim, ...shapes }))("[P16] %s", async (_name, token) => {
    expect(await verify(token)).toEqual({ outcome: "refused" });
  });
});
