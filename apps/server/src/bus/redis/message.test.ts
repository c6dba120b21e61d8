import { describe, expect, it } from "vitest";
import { decode, encode, type Message } from "./message.ts";

const message: Message = {
  hub: "a",
  n: 3,
  isBeat: false,
  rings: [
    { uid: "é {a}\u{1f469}", head: 7, epoch: "e" },
    { uid: "101", head: 1, epoch: undefined },
  ],
  revoked: [
    { of: "user", uid: "101", until: 5 },
    { of: "token", tokenId: "t", expiresAt: 9 },
    { of: "token", tokenId: "t", expiresAt: undefined },
  ],
  news: [
    { of: "place", uid: "101", isHere: true },
    { of: "newest", uid: "101", stamp: 1_795_385_798_000_001 },
    { of: "disconnect", uid: "é {a}" },
  ],
};

describe("what hubs say to each other", () => {
  it("comes as it was said", () => {
    expect(decode(encode(message))).toEqual(message);
    const beat = { hub: "a", n: 0, isBeat: true, rings: [], revoked: [], news: [] };
    expect(decode(encode(beat))).toEqual(beat);
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    "{}",
    '{"hub":1,"n":1}',
    '{"hub":"a","n":1,"rings":[["101"]]}',
    '{"hub":"a","n":1.5}',
  ])("passes over what is none: %s", (text) => expect(decode(text)).toBeUndefined());
});
