import { refusal } from "@carillon/protocol";
import { expect, test } from "vitest";
import type { Pending, SentLine } from "../../store/view.ts";
import { linesOf } from "./lines.ts";

const sent = (id: string, seq: number): SentLine => ({
  kind: "sent",
  seq,
  id,
  to: "101",
  text: id,
  at: seq,
  state: "stored",
});
const pending = (id: string, at: number): Pending => ({ draft: { id, to: "101", text: id }, at });

test("what waits stands above what is stored, the newest first", () => {
  const lines = linesOf({ sent: [sent("a", 1), sent("b", 2)], pending: [pending("c", 3), pending("d", 4)] });
  expect(lines.map((line) => [line.id, line.state])).toEqual([
    ["d", "sending"],
    ["c", "sending"],
    ["b", "stored"],
    ["a", "stored"],
  ]);
});

test("a draft that is stored and still pending has one line", () => {
  expect(linesOf({ sent: [sent("a", 1)], pending: [pending("a", 1)] })).toHaveLength(1);
});

test("a refused draft says so", () => {
  const refused = { ...pending("a", 1), refusal: refusal("conflict") };
  expect(linesOf({ sent: [], pending: [refused] })).toMatchObject([
    { state: "refused", refusal: { code: "conflict" } },
  ]);
});
