import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { Down, SUBPROTOCOL, Up } from "./index.ts";
import { ruleOf } from "./testing/contract.ts";

/** What the wire of each version looks like: sha256 of its schemas, as JSON Schema with sorted keys. */
const PINNED: Readonly<Record<string, string>> = {
  "carillon.v1": "4cb171621a01f9a4f0c6f034a18bc520c83bf4eeec7fef4438729de680975b60",
};

test(`[P4] the schemas are those of ${SUBPROTOCOL}`, () => {
  const hash = createHash("sha256")
    .update(sorted({ up: z.toJSONSchema(Up), down: z.toJSONSchema(Down) }))
    .digest("hex");
  expect(
    hash,
    `The wire changed. Change SUBPROTOCOL in version.ts and pin the hash of the new version here; only before the first release, or for a field that every older peer may ignore, pin the new hash of ${SUBPROTOCOL} deliberately.`,
  ).toBe(PINNED[SUBPROTOCOL]);
});

test("[P1] the contract names the subprotocol that both sides speak", () => {
  expect(ruleOf("P1")).toContain(`\`${SUBPROTOCOL}\``);
});

test("[P4] the order in which a schema names its fields is not part of the wire", () => {
  expect(sorted({ b: [{ d: 1, c: 2 }], a: null })).toBe(sorted({ a: null, b: [{ c: 2, d: 1 }] }));
  expect(sorted({ required: ["b", "a"] })).toBe(sorted({ required: ["a", "b"] }));
  expect(sorted(["a", "b"])).not.toBe(sorted(["b", "a"]));
});

function sorted(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === "required" && Array.isArray(inner)) return inner.map(String).toSorted((a, b) => (a < b ? -1 : 1));
    return isRecord(inner) ? Object.fromEntries(Object.entries(inner).toSorted(byKey)) : inner;
  });
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
