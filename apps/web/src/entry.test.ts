import { expect, test } from "vitest";
import { type Address, entryByToken, entryByUid, entryFrom } from "./entry.ts";

const now = 1_800_000_000_000;
const tokenOf = (sub: string, exp = now / 1_000 + 3_600) =>
  ["{}", JSON.stringify({ sub, exp }), ""].map((part) => Buffer.from(part).toString("base64url")).join(".");
const nowhere: Address = { search: "", hash: "", keptToken: null, now };

test("an address without a name asks for one", () => {
  expect(entryFrom(nowhere)).toEqual({ by: "form", asks: "uid", uid: "" });
});

test("a name in the address signs in by name", () => {
  expect(entryFrom({ ...nowhere, search: "?uid=%E6%9D%8E+x" })).toEqual({ by: "demo", uid: "李 x" });
});

test("a name that is no uid is asked for again, as it was", () => {
  const uid = "x".repeat(129);
  expect(entryFrom({ ...nowhere, search: `?uid=${uid}` })).toEqual({
    by: "form",
    asks: "uid",
    uid,
    fault: "invalidUid",
  });
  expect(entryByUid("")).toEqual({ by: "form", asks: "uid", uid: "", fault: "invalidUid" });
});

test("a token in the fragment names its user, whoever the address names", () => {
  const token = tokenOf("alice");
  const entry = entryFrom({ ...nowhere, search: "?uid=bob", hash: `#token=${token}` });
  expect(entry).toEqual({ by: "token", token, uid: "alice" });
});

test("a kept token holds for its own user, and for an address without a name", () => {
  const keptToken = tokenOf("alice");
  const kept = { by: "token", token: keptToken, uid: "alice" };
  expect(entryFrom({ ...nowhere, keptToken })).toEqual(kept);
  expect(entryFrom({ ...nowhere, keptToken, search: "?uid=alice" })).toEqual(kept);
  expect(entryFrom({ ...nowhere, keptToken, search: "?uid=bob" })).toEqual({ by: "demo", uid: "bob" });
});

test("a kept token that is over does not count", () => {
  const keptToken = tokenOf("alice", now / 1_000);
  expect(entryFrom({ ...nowhere, keptToken, search: "?uid=alice" })).toEqual({ by: "demo", uid: "alice" });
});

test("a token that is none, or is over, is asked for again and says why", () => {
  expect(entryByToken("abc", now)).toEqual({ by: "form", asks: "token", uid: "", fault: "unreadableToken" });
  const over = tokenOf("alice", now / 1_000 - 1);
  expect(entryByToken(over, now)).toEqual({ by: "form", asks: "token", uid: "alice", fault: "expiredToken" });
});
