import { refusal } from "@carillon/protocol";
import { expect, test } from "vitest";
import { wordsIn } from "../../words/index.ts";
import { refusalSentence } from "./refusal-sentence.ts";

test("a refusal is told in the page's words, a strange one in general words", () => {
  const words = wordsIn("en");
  expect(refusalSentence(refusal("emptyText"), words)).toBe(words.refusals.emptyText);
  expect(refusalSentence({ code: "outboxFull", message: "" }, words)).toBe(words.refusals.outboxFull);
  expect(refusalSentence({ code: "toString", message: "" }, words)).toBe(words.refusedOtherwise);
});
