import type { Notification } from "@carillon/protocol";
import { expect, test } from "vitest";
import { cameInQuiet, stillNews, toldIn } from "./caught-up.ts";

const note = (seq: number, more: Partial<Notification> = {}): Notification => ({
  kind: "notification",
  seq,
  at: seq,
  from: "100",
  id: `n${seq}`,
  text: "text",
  ...more,
});

test("[P55] what was read, archived, put off or taken back meanwhile is no news; what was only seen is", () => {
  const all = [1, 2, 3, 4, 5].map((seq) => note(seq));
  const now = [
    note(1, { read: true }),
    note(2, { archived: true }),
    note(3, { snoozedUntil: 9 }),
    note(5, { seen: true }),
  ];
  expect(stillNews(all, now).map(({ seq }) => seq)).toEqual([5]);
});

test("nothing changes as long as all of it is news", () => {
  const all = [note(1)];
  expect(stillNews(all, [note(1), note(2)])).toBe(all);
});

test("[P55] what came in a quiet that is over is what would have rung then, and nobody has seen", () => {
  const all = [
    note(1),
    note(2),
    note(3, { seen: true }),
    note(4, { muted: true }),
    note(5, { priority: "high" }), // It rang.
    note(6, { priority: "low" }),
    note(7, { archived: true }),
    note(8),
    note(9), // After it was over.
  ];
  expect(cameInQuiet(all, { since: 1, until: 9 }).map(({ seq }) => seq)).toEqual([2, 8]);
});

test("[P55] a browser remembers which quiet's end it told, of each user", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  } as unknown as Storage;
  const told = toldIn("101", storage);
  expect(told.isTold({ since: 1, until: 9 })).toBe(false);
  told.tell({ since: 1, until: 9 });
  expect(toldIn("101", storage).isTold({ since: 1, until: 9 })).toBe(true);
  expect(told.isTold({ since: 1, until: 10 })).toBe(false);
  expect(toldIn("102", storage).isTold({ since: 1, until: 9 })).toBe(false);
  expect(toldIn("101", undefined).isTold({ since: 1, until: 9 })).toBe(false);
});
