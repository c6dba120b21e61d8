import { refusal, type Sent } from "@carillon/protocol";
import { expect, test } from "vitest";
import type { Pending, View } from "../../store/view.ts";
import { linesOf as linesOfAll, sameLine } from "./lines.ts";

const sent = (id: string, seq: number, more: Partial<Sent> = {}): Sent => ({
  kind: "sent",
  seq,
  id,
  to: "101",
  text: id,
  at: seq,
  state: "stored",
  ...more,
});
const pending = (id: string, at: number): Pending => ({ draft: { id, to: "101", text: id }, at });
const linesOf = (of: Pick<View, "sent" | "pending">) => linesOfAll({ ...of, receipts: new Map() });

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

test("[P26] a retracted draft says so, however far it had come; an edited one says that too", () => {
  const lines = linesOf({
    sent: [sent("a", 1, { state: "read", retracted: true }), sent("b", 2, { edited: true })],
    pending: [],
  });
  expect(lines).toMatchObject([
    { id: "b", state: "stored", edited: true },
    { id: "a", state: "retracted", edited: false },
  ]);
});

test("a line that says something else is another", () => {
  const lineOf = (more: Partial<Sent>) => linesOf({ sent: [sent("a", 1, more)], pending: [] })[0] ?? expect.fail();
  expect(sameLine(lineOf({}), lineOf({}))).toBe(true);
  for (const more of [{ state: "seen" }, { text: "b" }, { edited: true }, { retracted: true }] as const) {
    expect(sameLine(lineOf({}), lineOf(more))).toBe(false);
  }
});

test("[P24] a line knows when its draft got how far, and is another once it got further", () => {
  const [sentLine] = linesOfAll({ sent: [sent("a", 1)], pending: [], receipts: new Map([["a", { delivered: 5 }]]) });
  expect(sentLine).toMatchObject({ id: "a", reached: { delivered: 5 } });
  const [before = expect.fail()] = linesOf({ sent: [sent("a", 1)], pending: [] });
  expect(sameLine(sentLine ?? expect.fail(), before)).toBe(false);
});
