import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Decoded, decodeDown, decodeUp } from "./index.ts";
import { downs, ups } from "./testing/messages.ts";

const decoders = [
  {
    name: "decodeUp",
    decode: (frame: string): Decoded<unknown> => decodeUp(frame),
    valid: ups.map((it) => JSON.stringify(it)),
  },
  {
    name: "decodeDown",
    decode: (frame: string): Decoded<unknown> => decodeDown(frame),
    valid: downs.map((it) => JSON.stringify(it)),
  },
];

describe.each(decoders)("$name", ({ decode, valid }) => {
  test("[P3] never throws on any text, and its reason fits a close frame", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (frame) => soundly(decode(frame), decode)));
  });

  test("[P3] never throws on any JSON, and its reason fits a close frame", () => {
    fc.assert(fc.property(fc.json({ stringUnit: "binary" }), (frame) => soundly(decode(frame), decode)));
  });

  test("[P3] never throws on a valid frame that was bitten, and what it still understands is a valid message", () => {
    const bite = fc.record({ from: fc.nat(), length: fc.nat(12), bytes: fc.string({ maxLength: 6 }) });
    fc.assert(
      fc.property(valid, bite, (frame, { from, length, bytes }) => {
        const start = from % (frame.length + 1);
        soundly(decode(frame.slice(0, start) + bytes + frame.slice(start + length)), decode);
      }),
    );
  });

  test("[P3] never throws on a valid frame with one value exchanged, at any depth", () => {
    fc.assert(
      fc.property(valid, fc.nat(), fc.jsonValue(), (frame, place, value) => {
        let left = place % 12;
        const exchanged: unknown = JSON.parse(frame, (_key, was: unknown) => (left-- === 0 ? value : was));
        soundly(decode(JSON.stringify(exchanged)), decode);
      }),
    );
  });

  test("[P3] survives a frame that is nested as deep as a frame can be", () => {
    soundly(decode(`${'{"type":'.repeat(2_000)}1${"}".repeat(2_000)}`));
    soundly(decode("[".repeat(16_384)));
    soundly(decode(`{"type":"hello","token":${"[".repeat(8_000)}${"]".repeat(8_000)}}`));
  });
});

describe("numbers", () => {
  const seqOf = (literal: string): unknown => {
    const decoded = decodeUp(`{"type":"ack","seq":${literal}}`);
    return decoded.ok && decoded.message.type === "ack" ? decoded.message.seq : "refused";
  };

  test.each([
    "1e400",
    "-1e400",
    "9007199254740992",
    "9007199254740993",
    "1e20",
    "-1",
    "-1e-3",
    "0.5",
    "1.0000001",
    "null",
    "true",
    '"1"',
    "[1]",
    "{}",
  ])("[P3] %s is not a seq", (literal) => expect(seqOf(literal)).toBe("refused"));

  test("[P3] an integer is one however it is written", () => {
    expect(seqOf("1.0")).toBe(1);
    expect(seqOf("1e3")).toBe(1_000);
    expect(seqOf("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
  });

  test("[P7] -0 is the position before the first and leaves again as 0", () => {
    const seq = seqOf("-0");
    expect(seq === 0).toBe(true);
    expect(JSON.stringify(seq)).toBe("0");
  });
});

describe("names that JavaScript knows", () => {
  test("[P3] a prototype lends no field that the frame lacks", () => {
    expect(decodeUp('{"__proto__":{"type":"ping"}}')).toStrictEqual({ ok: false, reason: "bad frame: unknown type" });
    expect(decodeUp('{"type":"ack","__proto__":{"seq":1}}')).toStrictEqual({ ok: false, reason: "bad frame: seq" });
  });

  test("[P4] __proto__, constructor and prototype are unknown fields like others", () => {
    const decoded = decodeUp(
      '{"type":"ping","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"toString":1}',
    );
    expect(decoded).toStrictEqual({ ok: true, message: { type: "ping" } });
    expect(decoded.ok && Object.getPrototypeOf(decoded.message)).toBe(Object.prototype);
    expect("admin" in {}).toBe(false);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"])("[P3] %s is no type", (type) => {
    expect(decodeUp(JSON.stringify({ type }))).toStrictEqual({ ok: false, reason: "bad frame: unknown type" });
    expect(decodeDown(JSON.stringify({ type })).ok).toBe(false);
  });

  test("[P2] of a key that comes twice, the last counts, as everywhere in JSON", () => {
    expect(decodeUp('{"type":"ack","seq":1,"type":"ping"}')).toStrictEqual({ ok: true, message: { type: "ping" } });
    expect(decodeUp('{"type":"ack","seq":1,"seq":"x"}')).toStrictEqual({ ok: false, reason: "bad frame: seq" });
  });
});

/** Either a valid message, which its own frame gives again, or a reason that a close frame can carry (RFC 6455, 5.5). */
function soundly(decoded: Decoded<unknown>, again?: (frame: string) => Decoded<unknown>): void {
  if (decoded.ok) {
    if (again !== undefined) expect(again(JSON.stringify(decoded.message))).toEqual(decoded);
    return;
  }
  expect(decoded.reason).toMatch(/^bad frame/);
  expect(Buffer.byteLength(decoded.reason)).toBeLessThanOrEqual(123);
}
