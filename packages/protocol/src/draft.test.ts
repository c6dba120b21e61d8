import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Draft, draftFault, limits, type RefusalCode } from "./index.ts";

const draft = { id: "t1Xx", to: "101", text: "Agreed." };

describe("draftFault", () => {
  const refused: readonly (readonly [code: RefusalCode, changed: Partial<Draft>])[] = [
    ["emptyText", { text: "" }],
    ["emptyText", { text: " \n\u3000" }],
    ["textTooLong", { text: "a".repeat(4_001) }],
    ["textTooLong", { text: " ".repeat(4_001) }],
    ["malformedText", { text: "a\u0000" }],
    ["malformedText", { text: "\ud83d" }],
    ["invalidTarget", { to: "" }],
    ["invalidTarget", { to: "鐘".repeat(43) }],
    ["invalidTarget", { to: "10\n1" }],
    ["invalidThread", { thread: "" }],
    ["invalidThread", { thread: "t".repeat(129) }],
    ["invalidThread", { thread: "\udc00" }],
    ["invalidUrl", { url: "javascript:alert(1)" }],
    ["invalidData", { data: { a: Infinity } }],
    ["invalidTtl", { ttl: 0 }],
    ["invalidTtl", { ttl: -1 }],
    ["invalidTtl", { ttl: limits.ttlSeconds + 1 }],
    ["draftTooLarge", { text: "鐘".repeat(4_000), data: { a: "x".repeat(4_000) } }],
  ];

  test.each(refused)("[P11] %s: %j", (code, changed) => {
    expect(draftFault({ ...draft, ...changed })?.code).toBe(code);
  });

  test("[P11] a draft within its bounds is refused by nothing", () => {
    expect(draftFault(draft)).toBeUndefined();
    expect(
      draftFault({ ...draft, thread: "post-1", text: "a".repeat(4_000), to: `${"鐘".repeat(42)}ab` }),
    ).toBeUndefined();
  });

  test("[P11] what is refused for its content is refused for good: no retryAfter", () => {
    for (const [, changed] of refused) expect(draftFault({ ...draft, ...changed })).not.toHaveProperty("retryAfter");
  });

  test("[P13] writing to oneself or to nobody known is no fault of the draft", () => {
    expect(draftFault({ ...draft, to: "nobody-has-ever-seen" })).toBeUndefined();
  });
});

describe("the id of a draft", () => {
  test.each(["a", "-", "_", "t1Xx", "A-Z_a-z09", "x".repeat(64)])("[P5] %s is one", (id) => {
    expect(Draft.safeParse({ ...draft, id }).success).toBe(true);
  });

  test.each(["", "x".repeat(65), "a b", "a.b", "a/b", "é", "a\n", "\na", "a\u0000", "日"])("[P5] %j is none", (id) => {
    expect(Draft.safeParse({ ...draft, id }).success).toBe(false);
  });
});

test("[P2] a draft that is not refused always fits a frame, however its characters are escaped", () => {
  const unit = fc.constantFrom('"', "\\", "\n", "é", "鐘", "🔔", "a", "\u2028");
  const longest = (max: number, of: fc.Arbitrary<string>) =>
    fc.array(of, { minLength: max / 2, maxLength: max }).map((all) => all.join("").slice(0, max));
  const printable = unit.filter((char) => char !== "\n");
  const drafts = fc.record({
    id: fc.constant("x".repeat(limits.idLength)),
    to: longest(limits.uidBytes / 4, printable),
    text: longest(limits.textLength, unit),
    thread: longest(limits.threadLength, printable),
    url: fc.constantFrom("/", `/${"a".repeat(limits.urlBytes - 1)}`),
    data: longest(limits.dataBytes / 2, unit).map((word) => ({ word })),
    priority: fc.constant("high" as const),
    ttl: fc.constant(limits.ttlSeconds),
  });
  fc.assert(
    fc.property(drafts, (any) => {
      fc.pre(draftFault(any) === undefined);
      expect(Buffer.byteLength(JSON.stringify({ type: "send", ...any }))).toBeLessThanOrEqual(limits.frameBytes);
    }),
    { numRuns: 50 },
  );
});

test("[P36] [P37] [P38] data that is no object, a priority of another name, half a second: these break the protocol", () => {
  for (const changed of [
    { data: [] },
    { data: null },
    { data: "{}" },
    { priority: "urgent" },
    { ttl: 0.5 },
    { ttl: "60" },
  ])
    expect(Draft.safeParse({ ...draft, ...changed }).success, JSON.stringify(changed)).toBe(false);
});
