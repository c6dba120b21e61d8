import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { tutorialToken } from "./index.ts";

const KEY = "^manks.top&swoole$";
const md5 = (text: string) => createHash("md5").update(text, "utf8").digest("hex");

describe("the tutorial's token", () => {
  test.each([
    ["100", KEY, "df8a2540af897252b24d6bab1a6740ef"],
    ["101", KEY, "ca86b434cd119d7bb8e3053fff27571d"],
    ["鐘", "k", "c99c6f6596249a4c233af0602f4a1f08"],
  ])("[T2] of %j with %j is what other languages compute", (uid, key, token) => {
    expect(tutorialToken(uid, key)).toBe(token);
  });

  test("[T2] is md5(md5(U) + key), both in lower-case hex", () => {
    const inner = md5("100");
    expect(inner).toBe("f899139df5e1059396431415e770c6dd");
    expect(tutorialToken("100", KEY)).toBe(md5(`${inner}${KEY}`));
    expect(tutorialToken("100", KEY)).toMatch(/^[0-9a-f]{32}$/);
  });
});
