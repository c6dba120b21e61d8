import { expect, test } from "vitest";
import { iconFor } from "./tab-icon.ts";

test("the tab's icon carries one digit of what is unseen, and nothing when all is seen", () => {
  expect(iconFor(0)).toBe("/favicon.svg");
  expect(decodeURIComponent(iconFor(3))).toContain(">3</text>");
  expect(decodeURIComponent(iconFor(10))).toContain(">9+</text>");
});
