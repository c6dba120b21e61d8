import { expect, test } from "vitest";
import { hueOf, initialOf } from "./hue.ts";

test("a name has one hue, an angle", () => {
  for (const name of ["", "100", "李晓明", "a".repeat(120)]) {
    expect(hueOf(name)).toBe(hueOf(name));
    expect(hueOf(name)).toBeGreaterThanOrEqual(0);
    expect(hueOf(name)).toBeLessThan(360);
  }
});

test("neighbouring names are told apart at a glance", () => {
  for (let uid = 100; uid < 110; uid += 1) {
    const apart = Math.abs(hueOf(String(uid)) - hueOf(String(uid + 1)));
    expect(Math.min(apart, 360 - apart)).toBeGreaterThan(30);
  }
});

test("the initial is one character as people count them", () => {
  expect(initialOf("maria")).toBe("M");
  expect(initialOf("  ben")).toBe("B");
  expect(initialOf("👩‍🚀 crew")).toBe("👩‍🚀");
  expect(initialOf("李晓明")).toBe("李");
  expect(initialOf(" ")).toBe("?");
});
