import type { Notification } from "@carillon/protocol";
import { expect, test } from "vitest";
import { stillNews } from "./caught-up.ts";

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
