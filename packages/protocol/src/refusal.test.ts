import { describe, expect, test } from "vitest";
import { Refusal, type RefusalCode, refusal } from "./index.ts";
import { quoted, tableOf } from "./testing/contract.ts";

/** Total and nothing more: a code that comes or goes does not compile here. */
const CODES: Readonly<Record<RefusalCode, true>> = {
  emptyText: true,
  textTooLong: true,
  malformedText: true,
  invalidTarget: true,
  invalidThread: true,
  invalidUrl: true,
  invalidData: true,
  invalidTtl: true,
  invalidUntil: true,
  draftTooLarge: true,
  tooManyMutes: true,
  conflict: true,
  unknownDraft: true,
  forbidden: true,
  tokenRefused: true,
  unavailable: true,
  rateLimited: true,
};

describe("refusals", () => {
  test("[P11] the contract's table has exactly the codes that the hub can give", () => {
    const written = tableOf("code", "when").flatMap(([codes = ""]) => quoted(codes));
    expect(written.toSorted()).toEqual(Object.keys(CODES).toSorted());
  });

  test("[P11] without retryAfter the field is not there, not undefined", () => {
    expect(Object.keys(refusal("conflict"))).toEqual(["code", "message"]);
  });

  test("[P11] with retryAfter the same draft may be sent again, even at once", () => {
    expect(refusal("unavailable", 250)).toMatchObject({ code: "unavailable", retryAfter: 250 });
    expect(refusal("unavailable", 0)).toHaveProperty("retryAfter", 0);
  });

  test("[P11] a refusal goes through its own schema, and a negative or broken wait does not", () => {
    expect(Refusal.safeParse(refusal("unavailable", 250)).success).toBe(true);
    for (const retryAfter of [-1, 0.5, "1", null]) {
      expect(Refusal.safeParse({ ...refusal("unavailable"), retryAfter }).success).toBe(false);
    }
  });
});
