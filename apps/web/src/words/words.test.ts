import { expect, test } from "vitest";
import { allWordsIn } from "./all.ts";
import { learn } from "./catalogues.ts";
import { pluralIn } from "./plural.ts";

test("a count takes the form of its language, and its digits", () => {
  const forms = { one: "# bell", other: "# bells" };
  expect(pluralIn("en")(1, forms)).toBe("1 bell");
  expect(pluralIn("en")(1_200, forms)).toBe("1,200 bells");
  expect(pluralIn("zh-CN")(1, { other: "# 口钟" })).toBe("1 口钟");
});

test("a name from right to left stays within its isolate", () => {
  expect(allWordsIn("en").inbox.emptyNext("ליאור")).toContain("\u2068ליאור\u2069");
});

test("no sentence is left empty in either language", async () => {
  const sentences = (node: unknown): string[] =>
    typeof node === "string"
      ? [node]
      : typeof node === "object" && node !== null
        ? Object.values(node).flatMap(sentences)
        : [];
  for (const language of ["en", "zh-CN"] as const) {
    expect(await learn(language)).toBe(true);
    const all = sentences(allWordsIn(language));
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((sentence) => sentence.trim() === "")).toEqual([]);
  }
});
