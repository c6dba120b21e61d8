import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Data, decodeUp, isData, limits } from "./index.ts";
import { data } from "./testing/words.ts";

const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`) as Data;
const parsed = (json: string) => JSON.parse(json) as Data;

describe("data", () => {
  test.each(["{}", '{"a":[1,-0.5,null,true,"x\\u0000"]}', '{"":{"toString":"mine"}}', '{"a":9007199254740991}'])(
    "[P36] %s may be said",
    (json) => expect(isData(parsed(json))).toBe(true),
  );

  test.each([
    '{"__proto__":{"admin":true}}',
    '{"a":[{"__proto__":1}]}',
    '{"constructor":{"prototype":{"admin":true}}}',
    '{"a":{"prototype":1}}',
    '{"a":1e400}',
    '{"a":-1e400}',
    '{"a":9007199254740993}',
    '{"a":1e21}',
    '{"a":"\\ud800"}',
    '{"\\udc00":1}',
  ])("[P36] %s may not", (json) => expect(isData(parsed(json))).toBe(false));

  test("[P36] has at most 4,096 bytes as JSON, and 16 levels", () => {
    expect(isData({ a: "x".repeat(limits.dataBytes - 8) })).toBe(true);
    expect(isData({ a: "x".repeat(limits.dataBytes - 7) })).toBe(false);
    expect(isData({ a: "鐘".repeat(1_363) })).toBe(false);
    expect(isData(nested(limits.dataDepth))).toBe(true);
    expect(isData(nested(limits.dataDepth + 1))).toBe(false);
  });

  test("[P36] as deep as a frame can be, it is judged all the same", () => {
    expect(isData(nested(50_000))).toBe(false);
  });

  test("[P36] a key of a prototype reaches whoever judges, and is neither obeyed nor dropped on the way", () => {
    const decoded = decodeUp('{"type":"send","id":"a","to":"101","text":"x","data":{"__proto__":{"admin":true}}}');
    const heard = decoded.ok && decoded.message.type === "send" ? decoded.message.data : undefined;
    expect(Object.keys(heard ?? {})).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(heard)).toBe(Object.prototype);
    expect(heard).not.toHaveProperty("admin");
  });

  test("[P36] whatever JSON it is, judging it throws nothing, and what is granted survives JSON", () => {
    fc.assert(
      fc.property(data, (any) => {
        if (isData(any)) expect(JSON.parse(JSON.stringify(any))).toEqual(any);
      }),
      { numRuns: 50 },
    );
  });
});
