import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readToken } from "../index.ts";
import { forge, unsigned } from "../testing/forge.ts";
import { mintToken } from "./index.ts";

const key = { kid: "main", secret: new Uint8Array(32).fill(1) };
const reading = (claims: object | string) => readToken(forge({ alg: "HS256" }, claims, unsigned));

describe("readToken", () => {
  test("[P16] reads who a minted token is for and when it expires, in milliseconds", async () => {
    const token = await mintToken("鐘", { key, audience: "carillon", lifetime: 60, now: 1_795_385_798_000 });
    expect(readToken(token)).toEqual({ uid: "鐘", expiresAt: 1_795_385_858_000 });
  });

  test("[P16] does not judge: the signature, the times and the audience are the hub's matter", () => {
    expect(reading({ sub: "101", exp: 1, aud: "other" })).toEqual({ uid: "101", expiresAt: 1_000 });
  });

  test("[P16] a token that does not say both is none", () => {
    expect(reading({ exp: 1 })).toBeUndefined();
    expect(reading({ sub: "101" })).toBeUndefined();
    expect(reading({})).toBeUndefined();
  });

  test.each([
    { sub: 101, exp: 1 },
    { sub: null, exp: 1 },
    { sub: "101", exp: "1" },
    { sub: "101", exp: null },
    { sub: ["101"], exp: 1 },
  ])("[P16] a token that says them in other types is none: %j", (claims) => expect(reading(claims)).toBeUndefined());

  test.each([
    "",
    ".",
    "..",
    "a.b",
    "a.b.c",
    "....",
    "e30.e30.",
    "e30.bnVsbA.",
    "e30.WzFd.",
    "e30.%%%.",
    "e30.eyJzdWIiOiIxMDEiLCJleHAiOjF9",
    "e30.eyJzdWIiOiIxMDEiLCJleHAiOjF9.a.b",
    "\ud800.\ud800.\ud800",
  ])("[P16] %j is no token", (token) => {
    expect(readToken(token)).toBeUndefined();
  });

  test("[P16] never throws, whatever the text is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.jsonValue(), (text, json) => {
        expect(readToken(text)).toBeUndefined();
        reading(Buffer.from(JSON.stringify(json)).toString("base64url"));
        reading(text);
      }),
    );
    expect(readToken("a".repeat(1_000_000))).toBeUndefined();
  });
});
