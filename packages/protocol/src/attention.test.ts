import { describe, expect, test } from "vitest";
import { isSameMute, limits, muteFault, threadsFault, untilFault } from "./index.ts";

const NOW = 1_795_385_798_000;

describe("what may be muted, and attended", () => {
  test("[P54] a thread and a uid, each within its bounds (P5)", () => {
    expect(muteFault({ thread: "post/7" })).toBeUndefined();
    expect(muteFault({ from: "app:shop" })).toBeUndefined();
    expect(muteFault({ thread: "x".repeat(limits.threadLength + 1) })).toMatchObject({ code: "invalidThread" });
    expect(muteFault({ from: "" })).toMatchObject({ code: "invalidTarget" });
  });

  test("[P54] a thread and an author of one name are two", () => {
    expect(isSameMute({ thread: "7" }, { thread: "7" })).toBe(true);
    expect(isSameMute({ from: "7" }, { from: "7" })).toBe(true);
    expect(isSameMute({ thread: "7" }, { from: "7" })).toBe(false);
    expect(isSameMute({ from: "7" }, { thread: "7" })).toBe(false);
    expect(isSameMute({ thread: "7" }, { thread: "8" })).toBe(false);
  });

  test("[P56] every thread within its bounds, or none", () => {
    expect(threadsFault([])).toBeUndefined();
    expect(threadsFault(["a", "b"])).toBeUndefined();
    expect(threadsFault(["a", ""])).toMatchObject({ code: "invalidThread" });
  });
});

describe("until when", () => {
  test("[P53] [P55] from now to a year ahead, or no time at all", () => {
    for (const until of [undefined, NOW, NOW + 1, NOW + limits.aheadMs]) expect(untilFault(until, NOW)).toBeUndefined();
    for (const until of [-1, 0, NOW - 1, NOW + limits.aheadMs + 1])
      expect(untilFault(until, NOW)).toMatchObject({ code: "invalidUntil" });
  });
});
