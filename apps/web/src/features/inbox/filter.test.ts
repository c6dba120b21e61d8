import type { Notification } from "@carillon/protocol";
import { expect, test } from "vitest";
import { isUnread, passes } from "./filter.ts";

const note = (more: Partial<Notification>): Notification => ({
  kind: "notification",
  seq: 1,
  at: 1,
  from: "100",
  id: "n1",
  text: "text",
  ...more,
});

test("[P52] what is archived stands nowhere but among the archived", () => {
  const archived = note({ archived: true, seen: true });
  expect((["all", "unread", "archived"] as const).filter((filter) => passes(archived, filter))).toEqual(["archived"]);
  expect(passes(note({}), "archived")).toBe(false);
});

test("[P25] unread is what the hub counts: nothing that is read, archived, put off or muted", () => {
  expect(isUnread(note({ seen: true }))).toBe(true);
  for (const more of [{ read: true }, { archived: true }, { snoozedUntil: 2 }, { muted: true }] as const)
    expect(isUnread(note(more)), JSON.stringify(more)).toBe(false);
});
