import { describe, expect, test } from "vitest";
import { decodeUp } from "./decode.ts";
import { plainSendIn } from "./plain-send.ts";
import { Up } from "./up.ts";

const plain = { type: "send", id: "t1Xx", to: "101", text: "Agreed." };

describe("a plain draft", () => {
  test("[P11] is read as the schema reads it", () => {
    expect(plainSendIn(plain)).toEqual(Up.parse(plain));
  });

  test.each([
    [
      { ...plain, id: "with a space" },
      { ok: false, reason: "bad frame: id" },
    ],
    [
      { ...plain, id: "" },
      { ok: false, reason: "bad frame: id" },
    ],
    [
      { ...plain, id: 7 },
      { ok: false, reason: "bad frame: id" },
    ],
    [
      { ...plain, text: null },
      { ok: false, reason: "bad frame: text" },
    ],
    [
      { type: "send", id: "t1Xx", to: "101", thread: "post" },
      { ok: false, reason: "bad frame: text" },
    ],
    [
      { ...plain, thread: "post" },
      { ok: true, message: { ...plain, thread: "post" } },
    ],
    [
      { ...plain, from: "mallory" },
      { ok: true, message: plain },
    ],
  ])("[P4] is all that it reads: %j is the schema's", (json, decoded) => {
    expect(plainSendIn(json)).toBeUndefined();
    expect(decodeUp(JSON.stringify(json))).toEqual(decoded);
  });

  test("[P4] has no field that a prototype gives it", () => {
    const frame = `{"type":"send","id":"t1Xx","to":"101","__proto__":{"text":"forged"}}`;
    expect(decodeUp(frame)).toEqual({ ok: false, reason: "bad frame: text" });
  });
});
