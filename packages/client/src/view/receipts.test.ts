import type { Entry } from "@carillon/protocol";
import { expect, test } from "vitest";
import { RECEIPTS_LIMIT, type Receipts, withReceipts } from "./receipts.ts";

const receipt = (seq: number, state: "delivered" | "seen" | "read", ...ids: string[]): Entry => {
  return { kind: "receipt", seq, at: 1_000 * seq, to: "101", state, ids };
};
const none: Receipts = new Map();

test("[P24] each state has the time at which it was reached, and a receipt that is told again changes nothing", () => {
  const entries = [receipt(2, "delivered", "a", "b"), receipt(3, "seen", "a"), receipt(5, "read", "a")];
  const once = withReceipts(none, entries);
  expect(once).toEqual(
    new Map([
      ["a", { delivered: 2_000, seen: 3_000, read: 5_000 }],
      ["b", { delivered: 2_000 }],
    ]),
  );
  expect(withReceipts(once, entries)).toEqual(once);
});

test("[P24] a draft that was read again keeps the time at which it was read first", () => {
  const twice = withReceipts(none, [receipt(2, "read", "a"), receipt(9, "read", "a")]);
  expect(twice.get("a")).toEqual({ read: 2_000 });
});

test("entries without a receipt leave the times as they are", () => {
  const times = withReceipts(none, [receipt(2, "read", "a")]);
  expect(withReceipts(times, [{ kind: "trim", seq: 3, at: 1, upTo: 1 }])).toBe(times);
});

test("of more drafts than are kept, the oldest give up their times", () => {
  const entries = Array.from({ length: RECEIPTS_LIMIT + 1 }, (_, n) => receipt(n + 1, "delivered", `d${n}`));
  const times = withReceipts(none, entries);
  expect([times.size, times.has("d0"), times.has("d1")]).toEqual([RECEIPTS_LIMIT, false, true]);
});
