import { expect, test } from "vitest";
import { firstLanguage } from "./language.ts";

test("the language chosen before goes before the browser's", () => {
  expect(firstLanguage("zh-CN", ["en-GB"])).toBe("zh-CN");
  expect(firstLanguage("tlh", ["zh-TW", "en"])).toBe("zh-CN");
});

test("the first of the browser's languages that the page speaks holds", () => {
  expect(firstLanguage(null, ["fr-CH", "zh-Hans-SG", "en"])).toBe("zh-CN");
  expect(firstLanguage(null, ["de", "en-US", "zh"])).toBe("en");
  expect(firstLanguage(null, ["fr"])).toBe("en");
  expect(firstLanguage(null, [])).toBe("en");
});
