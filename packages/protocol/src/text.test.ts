import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isThread, isUid, limits, textFault } from "./index.ts";

const CONTROLS = ["\u0000", "\u0001", "\u001f", "\u007f", "\u0080", "\u0085", "\u009f"];
const WHITE_CONTROLS = ["\t", "\n", "\r"];

describe("a uid", () => {
  test.each(["101", "a", " ", "alice@example.com", "日本", "a:b%2F", "\u200b", "e\u0301", "__proto__"])(
    "[P5] %j is one",
    (uid) => {
      expect(isUid(uid)).toBe(true);
    },
  );

  test("[P5] has 1 to 128 bytes of UTF-8, not code units", () => {
    expect(isUid("")).toBe(false);
    for (const [unit, bytes] of [
      ["a", 1],
      ["é", 2],
      ["鐘", 3],
      ["🔔", 4],
    ] as const) {
      const full = unit.repeat(Math.floor(limits.uidBytes / bytes)).padEnd(unit.length, unit);
      const exactly = full + "a".repeat(limits.uidBytes % bytes);
      expect(isUid(exactly), `${unit}: exactly 128 bytes`).toBe(true);
      expect(isUid(`${exactly}a`), `${unit}: 129 bytes`).toBe(false);
    }
  });

  test.each([...CONTROLS, ...WHITE_CONTROLS])("[P5] with the control character %j is none", (control) => {
    expect(isUid(`a${control}b`)).toBe(false);
  });

  test.each(["\ud800", "a\udc00", "\udc00\ud800"])("[P5] with the lone surrogate in %j is none", (uid) => {
    expect(isUid(uid)).toBe(false);
  });
});

describe("a thread", () => {
  test("[P5] has 1 to 128 UTF-16 code units, however many bytes", () => {
    expect(isThread("")).toBe(false);
    expect(isThread("鐘".repeat(limits.threadLength))).toBe(true);
    expect(isThread("🔔".repeat(limits.threadLength / 2))).toBe(true);
    expect(isThread(`${"🔔".repeat(limits.threadLength / 2)}a`)).toBe(false);
    expect(isThread("a".repeat(limits.threadLength + 1))).toBe(false);
  });

  test.each([...CONTROLS, ...WHITE_CONTROLS, "\ud800", "\udfff"])("[P5] with %j is none", (part) => {
    expect(isThread(`a${part}`)).toBe(false);
  });
});

describe("a text", () => {
  test.each([
    "Agreed.",
    " a ",
    "a\tb\r\nc",
    "🔔",
    "\u200b",
    "\u200d",
    "\u202eabc\u202c",
    "\u2066\u2069",
    "مرحبا",
    "e\u0301",
    "<b>",
  ])("[P5] %j may be said", (text) => expect(textFault(text)).toBeUndefined());

  test.each(["", " ", "\n\t\r ", "\u00a0\u3000\u2003", "\u2028\u2029", "\ufeff"])("[P5] %j says nothing", (text) => {
    expect(textFault(text)).toBe("empty");
  });

  test("[P5] has at most 4,000 UTF-16 code units", () => {
    expect(textFault("鐘".repeat(limits.textLength))).toBeUndefined();
    expect(textFault("🔔".repeat(limits.textLength / 2))).toBeUndefined();
    expect(textFault("a".repeat(limits.textLength + 1))).toBe("tooLong");
    expect(textFault(`${"🔔".repeat(limits.textLength / 2)}a`)).toBe("tooLong");
  });

  test.each([...CONTROLS, "\u000b", "\u000c"])("[P5] with the control character %j is malformed", (control) => {
    expect(textFault(`a${control}b`)).toBe("malformed");
  });

  test("[P5] with a surrogate cut off at either end is malformed", () => {
    expect(textFault("🔔!".slice(1))).toBe("malformed");
    expect(textFault("!🔔".slice(0, 2))).toBe("malformed");
  });
});

test("[P5] whatever the strings are, judging them throws nothing", () => {
  const units = fc.array(fc.nat(0xff_ff), { maxLength: 200 }).map((codes) => String.fromCharCode(...codes));
  fc.assert(
    fc.property(units, (value) => {
      expect(isUid(value) && !value.isWellFormed()).toBe(false);
      expect(isThread(value) && value.length > limits.threadLength).toBe(false);
      expect(textFault(value) === undefined && !value.isWellFormed()).toBe(false);
    }),
  );
});
