import { refusal } from "@carillon/protocol";
import { beforeEach, expect, test } from "vitest";
import { changeRefused, forgetRefused, refused } from "./refused.ts";

const unavailable = refusal("unavailable");
const target = { seqs: [1] };

beforeEach(forgetRefused);

test("a mark that was refused is told at the inbox, but not one that nobody made on purpose", () => {
  changeRefused({ type: "mark", id: "m1", mark: "seen", target }, unavailable);
  expect(refused.getState()).toBeUndefined();
  changeRefused({ type: "mark", id: "m2", mark: "read", target }, unavailable);
  expect(refused.getState()).toEqual({ at: "inbox", refusal: unavailable });
});

test("[P26] an edit or retraction that was refused is told at its draft", () => {
  const unknown = refusal("unknownDraft");
  changeRefused({ type: "edit", id: "e1", draft: "a", text: "x" }, unknown);
  expect(refused.getState()).toEqual({ at: "sent", draft: "a", refusal: unknown });
  changeRefused({ type: "retract", id: "r1", draft: "b" }, unknown);
  expect(refused.getState()).toEqual({ at: "sent", draft: "b", refusal: unknown });
});
