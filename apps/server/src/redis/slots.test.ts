import { describe, expect, it } from "vitest";
import { keyOf, slotOf } from "./slots.ts";

describe("slots of a cluster", () => {
  // As CLUSTER KEYSLOT says; a test on a cluster asks it.
  it.each<readonly [key: string, slot: number]>([
    ["123456789", 12_739],
    ["foo{123456789}bar", 12_739],
    ["", 0],
    ["foo", 12_182],
  ])("%j is in %i", (key, slot) => expect(slotOf(key)).toBe(slot));

  it("are decided by a command's key, wherever that stands", () => {
    expect(keyOf(["GET", "k"])).toBe("k");
    expect(keyOf(["FCALL", "f", "2", "k", "l", "x"])).toBe("k");
    expect(keyOf(["FCALL_RO", "f", "1", "k"])).toBe("k");
    expect(keyOf(["FUNCTION", "LOAD", "x"])).toBeUndefined();
  });
});
