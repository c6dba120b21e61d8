import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forge, hmac } from "../testing/forge.ts";
import { createVerifier, mintToken, type TokenKey, type TokenKeys } from "./index.ts";

const NOW = 1_795_385_798;
const key = (kid: string, byte: number): TokenKey => ({ kid, secret: new Uint8Array(32).fill(byte) });
const today = key("today", 1);
const yesterday = key("yesterday", 2);
const verifierOf = (...keys: TokenKeys) => createVerifier({ keys, audience: "carillon" });
const verify = verifierOf(today);
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
    expect(await verify(minted)).toEqual({ outcome: "accepted", uid: "日本 ☃", expiresAt, withholdsReceipts: false });
  });

  test("[P16] any language may have made it: a token by hand verifies", async () => {
    const expiresAt = (NOW + 3600) * 1000;
    expect(await verify(token({}))).toEqual({ outcome: "accepted", uid: "101", expiresAt, withholdsReceipts: false });
  });

  test("[P24] it says whether its bearer's receipts are withheld, and only true says so", async () => {
    const discreet = await mintToken("101", { key: today, audience: "carillon", withholdsReceipts: true });
    expect(await verify(discreet)).toMatchObject({ withholdsReceipts: true });
    for (const claim of [false, "true", 1, null])
      expect(await verify(token({ withhold_receipts: claim }))).toMatchObject({ withholdsReceipts: false });
  });

  test("[P16] without kid the first key is meant", async () => {
    const anonymous = forge({ alg: "HS256" }, claims, hmac(today.secret));
    expect(await verifierOf(today, yesterday)(anonymous)).toMatchObject({ outcome: "accepted" });
    expect(await verifierOf(yesterday, today)(anonymous)).toEqual({ outcome: "refused" });
  });

  test("[P16] the second key verifies too, so that keys can be rotated without a gap", async () => {
    const old = await mintToken("101", { key: yesterday, audience: "carillon" });
    expect(await verifierOf(today, yesterday)(old)).toMatchObject({ outcome: "accepted", uid: "101" });
    expect(await verify(old)).toEqual({ outcome: "refused" });
  });

  test("[P16] one audience of several is enough", async () => {
    expect(await verify(token({ aud: ["site", "carillon"] }))).toMatchObject({ outcome: "accepted" });
  });
});

describe("time, judged with 30 s tolerance", () => {
  test("[P16] a token that expired 29 s ago is accepted", async () => {
    expect(await verify(token({ exp: NOW - 29 }))).toMatchObject({ outcome: "accepted", expiresAt: (NOW - 29) * 1000 });
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

  test("[P16] lasts an hour unless told otherwise, from the time that it is given", async () => {
    const minted = await mintToken("101", { key: today, audience: "carillon", now: (NOW - 600) * 1000 + 999 });
    expect(await verify(minted)).toMatchObject({ expiresAt: (NOW + 3000) * 1000 });
  });
});
