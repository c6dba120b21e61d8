import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forge, hmac } from "../testing/forge.ts";
import { createVerifier, mintToken, type TokenKey, type TokenKeys } from "./index.ts";

const NOW = 1_795_385_798;
const key = (kid: string, byte: number): TokenKey => ({ kid, secret: new Uint8Array(32).fill(byte) });
const today = key("today", 1);
const yesterday = key("yesterday", 2);
const verifierOf = (...keys: TokenKeys) => createVerifier({ keys, audience: "carillon" });
const verify = verifierOf(today);
const unlimited = { withholdsReceipts: false, sendsTo: undefined };
const header = { alg: "HS256", typ: "JWT", kid: "today" };
const claims = { sub: "101", aud: "carillon", iat: NOW, exp: NOW + 3600 };
const token = (changed: object, changedHeader: object = {}) =>
  forge({ ...header, ...changedHeader }, { ...claims, ...changed }, hmac(today.secret));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a token that is accepted", () => {
  test("[P16] what is minted verifies, and says who and until when", async () => {
    const minted = await mintToken("日本 ☃", { key: today, audience: "carillon", lifetime: 60 });
    const expiresAt = (NOW + 60) * 1000;
    const grant = { uid: "日本 ☃", issuedAt: NOW * 1000, expiresAt, tokenId: expect.any(String), ...unlimited };
    expect(await verify(minted)).toEqual({ outcome: "accepted", grant });
  });

  test("[P16] any language may have made it: a token by hand verifies", async () => {
    const expiresAt = (NOW + 3600) * 1000;
    const grant = { uid: "101", issuedAt: NOW * 1000, expiresAt, tokenId: undefined, ...unlimited };
    expect(await verify(token({}))).toEqual({ outcome: "accepted", grant });
  });

  test("[P24] it says whether its bearer's receipts are withheld, and only true says so", async () => {
    const discreet = await mintToken("101", { key: today, audience: "carillon", withholdsReceipts: true });
    expect(await verify(discreet)).toMatchObject({ grant: { withholdsReceipts: true } });
    for (const claim of [false, "true", 1, null])
      expect(await verify(token({ withhold_receipts: claim }))).toMatchObject({ grant: { withholdsReceipts: false } });
  });

  test("[P31] it says to whom its bearer may send, and an empty list is nobody", async () => {
    const limited = (sendTo: readonly string[]) => mintToken("101", { key: today, audience: "carillon", sendTo });
    expect(await verify(await limited(["100", "é"]))).toMatchObject({ grant: { sendsTo: new Set(["100", "é"]) } });
    expect(await verify(await limited([]))).toMatchObject({ grant: { sendsTo: new Set() } });
    const fifty = Array.from({ length: 50 }, (_, n) => `user-${n}`);
    expect(await verify(await limited(fifty))).toMatchObject({ outcome: "accepted" });
  });

  test("[P32] it has a name of its own, which the backend may choose", async () => {
    const named = await mintToken("101", { key: today, audience: "carillon", id: "token 1" });
    expect(await verify(named)).toMatchObject({ grant: { tokenId: "token 1" } });
  });

  test("[P16] where the hub wants to know who issued it, one of its issuers did", async () => {
    const options = { keys: [today] as const, audience: "carillon", issuers: ["https://site.example", "idp"] };
    const verifyIssuer = createVerifier(options);
    const minted = (issuer?: string) => mintToken("101", { key: today, audience: "carillon", issuer });
    expect(await verifyIssuer(await minted("idp"))).toMatchObject({ outcome: "accepted" });
    for (const issuer of ["other", undefined, "https://site.example/", ""])
      expect(await verifyIssuer(await minted(issuer))).toEqual({ outcome: "refused" });
    expect(await verifyIssuer(token({ iss: ["idp"] }))).toEqual({ outcome: "refused" });
  });

  test("[P16] times may have fractions, and be of the far future", async () => {
    expect(await verify(token({ iat: NOW - 0.5, exp: NOW + 0.5 }))).toMatchObject({
      grant: { issuedAt: NOW * 1000 - 500, expiresAt: NOW * 1000 + 500 },
    });
    expect(await verify(token({ exp: 1e300 }))).toMatchObject({ grant: { expiresAt: Number.MAX_SAFE_INTEGER } });
  });

  test("[P16] without kid the first key is meant", async () => {
    const anonymous = forge({ alg: "HS256" }, claims, hmac(today.secret));
    expect(await verifierOf(today, yesterday)(anonymous)).toMatchObject({ outcome: "accepted" });
    expect(await verifierOf(yesterday, today)(anonymous)).toEqual({ outcome: "refused" });
  });

  test("[P16] the second key verifies too, so that keys can be rotated without a gap; withdrawn, it does not", async () => {
    const old = await mintToken("101", { key: yesterday, audience: "carillon" });
    expect(await verifierOf(today, yesterday)(old)).toMatchObject({ outcome: "accepted", grant: { uid: "101" } });
    expect(await verify(old)).toEqual({ outcome: "refused" });
  });

  test("[P16] one audience of several is enough", async () => {
    expect(await verify(token({ aud: ["site", "carillon"] }))).toMatchObject({ outcome: "accepted" });
  });
});

describe("time, judged with 30 s tolerance", () => {
  test("[P16] a token that expired 29 s ago is accepted", async () => {
    expect(await verify(token({ exp: NOW - 29 }))).toMatchObject({ grant: { expiresAt: (NOW - 29) * 1000 } });
  });

  test("[P16] a token that expired 31 s ago is expired, not refused", async () => {
    expect(await verify(token({ exp: NOW - 31 }))).toEqual({ outcome: "expired" });
  });

  test("[P16] a token from 29 s ahead is accepted, one from 31 s ahead is refused", async () => {
    expect(await verify(token({ iat: NOW + 29 }))).toMatchObject({ outcome: "accepted" });
    expect(await verify(token({ iat: NOW + 31 }))).toEqual({ outcome: "refused" });
  });

  test("[P16] a token that is not valid yet is refused", async () => {
    expect(await verify(token({ nbf: NOW + 31 }))).toEqual({ outcome: "refused" });
  });

  test("[P16] only a token whose signature holds is called expired", async () => {
    const forged = forge(header, { ...claims, exp: NOW - 3600 }, hmac(yesterday.secret));
    expect(await verify(forged)).toEqual({ outcome: "refused" });
  });

  test("[P16] an expired token for another hub is refused, not expired", async () => {
    expect(await verify(token({ exp: NOW - 3600, aud: "other" }))).toEqual({ outcome: "refused" });
  });
});

describe("minting", () => {
  test.each(["", "a\u0000", "\ud800", "鐘".repeat(43)])("[P16] for %j, which is no uid, throws", async (uid) => {
    await expect(mintToken(uid, { key: today, audience: "carillon" })).rejects.toThrow(RangeError);
  });

  test("[P16] with a key under 32 bytes throws, and no verifier takes one", async () => {
    const short = { kid: "short", secret: new Uint8Array(31) };
    await expect(mintToken("101", { key: short, audience: "carillon" })).rejects.toThrow(RangeError);
    expect(() => verifierOf(today, short)).toThrow(RangeError);
  });

  test("[P16] lasts an hour unless told otherwise, from the time that it is given", async () => {
    const minted = await mintToken("101", { key: today, audience: "carillon", now: (NOW - 600) * 1000 + 999 });
    expect(await verify(minted)).toMatchObject({ grant: { expiresAt: (NOW + 3000) * 1000 } });
  });
});
