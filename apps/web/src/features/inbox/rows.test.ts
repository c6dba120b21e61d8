import type { Notification } from "@carillon/protocol";
import { expect, test } from "vitest";
import { meantBy, type Row, rowsOf } from "./rows.ts";

const none = new Map<string, number>();

function note(seq: number, more: Partial<Notification> = {}): Notification {
  return { kind: "notification", seq, at: seq, from: "100", id: `n${seq}`, text: `text ${seq}`, ...more };
}

const seqs = (rows: readonly Row[]) => rows.map((row) => [row.is, ...meantBy(row).map(({ seq }) => seq)]);

test("newest first; those of a thread are one row, where its newest stands", () => {
  const notes = [note(1, { thread: "t" }), note(2), note(3, { thread: "t", from: "102" }), note(4)];
  expect(seqs(rowsOf(notes, "all", none))).toEqual([
    ["single", 4],
    ["group", 3, 1],
    ["single", 2],
  ]);
});

test("an open group keeps every reply's text: its newest, and below it the others", () => {
  const notes = [note(1, { thread: "t" }), note(2, { thread: "t" }), note(3, { thread: "t" })];
  const rows = rowsOf(notes, "all", new Map([["thread:t", 9]]));
  expect(rows.map(({ is, shown }) => [is, shown.text])).toEqual([
    ["group", "text 3"],
    ["member", "text 2"],
    ["member", "text 1"],
  ]);
  expect(seqs(rows).slice(1)).toEqual([
    ["member", 2],
    ["member", 1],
  ]);
});

test("a group counts its people once, and what nobody has looked at", () => {
  const thread = "t";
  const notes = [
    note(1, { thread, seen: true }),
    note(2, { thread, from: "102" }),
    note(3, { thread, from: "103", read: true }),
    note(4, { thread, from: "102" }),
  ];
  const [group] = rowsOf(notes, "all", none);
  expect(group).toMatchObject({ is: "group", people: ["102", "103", "100"], unseen: 2, isOpen: false });
});

test("what is read is none of the unread ones, and a thread with one unread is no group among them", () => {
  const notes = [note(1, { thread: "t", read: true }), note(2, { read: true }), note(3, { thread: "t" })];
  expect(seqs(rowsOf(notes, "unread", none))).toEqual([["single", 3]]);
});

test("the row of a thread stays the same one when it becomes a group, and no name is mistaken for another", () => {
  const alone = rowsOf([note(1, { thread: "t" })], "all", none);
  const group = rowsOf([note(1, { thread: "t" }), note(2, { thread: "t" })], "all", none);
  expect(group[0]?.key).toBe(alone[0]?.key);
  const open = rowsOf([note(1, { thread: "t" }), note(2, { thread: "t" }), note(3)], "all", new Map([["thread:t", 9]]));
  expect(new Set(open.map(({ key }) => key)).size).toBe(3);
});

test("a thread that is open stays where it was opened, whatever comes in it, until it is closed", () => {
  const before = [note(1, { thread: "t" }), note(2, { thread: "t" }), note(3)];
  const open = new Map([["thread:t", 3]]);
  const after = [...before, note(4, { thread: "t" }), note(5)];
  const ends = (rows: readonly Row[]) => rows.map(({ shown }) => shown.seq);
  expect(ends(rowsOf(before, "all", open))).toEqual([3, 2, 1]);
  expect(ends(rowsOf(after, "all", open))).toEqual([5, 3, 4, 2, 1]);
  expect(ends(rowsOf(after, "all", none))).toEqual([5, 4, 3]);
});
