import type { Entry, Notification, Snapshot } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import { notification, sent } from "../testing/states.ts";
import { withEntries } from "./entries.ts";
import { emptyLog } from "./log.ts";
import { ringing, unrung } from "./ringing.ts";

const NOW = 1_000;
const snapshot = (acked: number, ...notifications: Notification[]): Snapshot => ({
  notifications,
  sent: [],
  acked,
  mutes: [],
});

describe("what rings of a snapshot", () => {
  test("[P15] only what no connection has acknowledged, in the order of the log", () => {
    expect(
      unrung(emptyLog, snapshot(2, notification(1), notification(2), notification(3), notification(4)), NOW),
    ).toEqual([notification(3), notification(4)]);
  });

  test("[P15] not what this client has shown, acknowledged or not", () => {
    const before = withEntries(emptyLog, [notification(3)]);
    expect(unrung(before, snapshot(0, notification(3), notification(4)), NOW)).toEqual([notification(4)]);
  });

  test("[P15] not what was seen, read or retracted elsewhere", () => {
    const elsewhere: readonly Notification[] = [
      { ...notification(1), seen: true },
      { ...notification(2), seen: true, read: true },
      { ...notification(3), text: "", retracted: true },
    ];
    expect(unrung(emptyLog, snapshot(0, ...elsewhere, notification(4)), NOW)).toEqual([notification(4)]);
  });

  test("[P15] a notification is known by author and id, also where a restored store numbers it anew", () => {
    const before = withEntries(emptyLog, [notification(3)]);
    expect(unrung(before, snapshot(0, { ...notification(3), seq: 70 }), NOW)).toEqual([]);
    const stranger = { ...notification(3), from: "102" };
    expect(unrung(before, snapshot(0, stranger), NOW)).toEqual([stranger]);
  });

  test("[P15] (author, id) are two things: joined in another way they are another notification", () => {
    const before = withEntries(emptyLog, [{ ...notification(1), from: "1", id: "00-a" }]);
    const other = { ...notification(2), from: "10", id: "0-a" };
    expect(unrung(before, snapshot(0, other), NOW)).toEqual([other]);
  });
});

describe("what rings of entries", () => {
  const rings = (...entries: readonly Entry[]) => ringing(entries, withEntries(emptyLog, entries), NOW);

  test("[P15] every notification, in order, and nothing else", () => {
    expect(rings(notification(1), sent(2), notification(3))).toEqual([notification(1), notification(3)]);
    expect(rings(sent(2))).toEqual([]);
  });

  test("[P15] not what came before them, though nobody has seen it yet", () => {
    const before = withEntries(emptyLog, [notification(1)]);
    expect(ringing([notification(2)], withEntries(before, [notification(2)]), NOW)).toEqual([notification(2)]);
  });

  test("[P15] not those that stand as seen, read or retracted by now", () => {
    expect(
      rings(
        { ...notification(1), seen: true },
        { ...notification(2), seen: true, read: true },
        { ...notification(3), text: "", retracted: true },
      ),
    ).toEqual([]);
  });

  test("[P37] not those of low priority; those of high do", () => {
    const high: Notification = { ...notification(2), priority: "high" };
    expect(rings({ ...notification(1), priority: "low" }, high)).toEqual([high]);
    expect(unrung(emptyLog, snapshot(0, { ...notification(1), priority: "low" }, high), NOW)).toEqual([high]);
  });

  test("[P38] not those whose time is over by the client's clock, though the hub has not said so yet", () => {
    const over: Notification = { ...notification(1), expiresAt: NOW };
    const standing: Notification = { ...notification(2), expiresAt: NOW + 1 };
    expect(rings(over, standing)).toEqual([standing]);
    expect(unrung(emptyLog, snapshot(0, over, standing), NOW)).toEqual([standing]);
  });

  test("[P15] not those that a later entry of the same frame marks or takes back", () => {
    const marked: Entry = { kind: "mark", seq: 3, at: 3, mark: "seen", target: { seqs: [1] } };
    const gone: Entry = { kind: "retraction", seq: 4, at: 4, from: "100", to: "me", id: "id-2" };
    expect(rings(notification(1), notification(2), marked, gone)).toEqual([]);
  });
});
