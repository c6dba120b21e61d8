import { limits, type Page } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import { notification, sent } from "../testing/states.ts";
import { withEntries } from "./entries.ts";
import { emptyLog, type Log, viewOf } from "./log.ts";
import { HISTORY_LIMIT, PAGE_ITEMS, roomForOlder, withPage } from "./page.ts";
import { VIEW_LIMIT } from "./view.ts";

const from = (first: number, count: number) => Array.from({ length: count }, (_, i) => notification(first + i));
const none = { unseen: 0, unread: 0, asOf: 0 };
const snapshotOf = (...notifications: readonly ReturnType<typeof notification>[]): Log =>
  viewOf("me", { notifications: [...notifications], sent: [], acked: 0, mutes: [] }, none);

/** The log with one more page of the notifications 1, 2, 3, … */
function older(log: Log): Log {
  const room = roomForOlder(log, "notification");
  if (room === undefined) return log;
  const first = Math.max(1, room.before - room.limit);
  return withPage(room.log, "notification", { items: from(first, room.before - first), end: first === 1 });
}

describe("what a snapshot leaves out", () => {
  test("[P8] is nothing, of a kind of which it holds fewer than it might", () => {
    const log = snapshotOf(...from(1, limits.snapshotItems - 1));
    expect(log.complete).toEqual({ notification: true, sent: true, archived: true });
  });

  test("[P8] is perhaps something, of a kind of which it is full", () => {
    const log = snapshotOf(...from(1, limits.snapshotItems));
    expect(log.complete).toEqual({ notification: false, sent: true, archived: false });
    expect(log.from.notification).toBe(1);
  });

  test("[P26] begins before its oldest, though that is retracted and not shown", () => {
    const [oldest, ...others] = from(7, limits.snapshotItems);
    const log = snapshotOf({ ...(oldest ?? notification(7)), text: "", retracted: true }, ...others);
    expect(log.notifications).toEqual(others);
    expect(log.from.notification).toBe(7);
  });
});

describe("the room of the view", () => {
  test("the newest of each kind stay, in order; the oldest are history then", () => {
    const drafts = Array.from({ length: VIEW_LIMIT + 5 }, (_, i) => sent(i + 2_000));
    const log = withEntries(snapshotOf(), [...from(1, VIEW_LIMIT + 5), ...drafts]);
    expect(log.notifications).toEqual(from(6, VIEW_LIMIT));
    expect(log.sent.map(({ seq }) => seq)).toEqual(drafts.slice(5).map(({ seq }) => seq));
    expect(log.complete).toEqual({ notification: false, sent: false, archived: true });
  });

  test("grows by a page for each that was asked for, so that new ones do not push it out at once", () => {
    const log = older(withEntries(snapshotOf(), from(1, VIEW_LIMIT + 200)));
    expect(log.notifications).toHaveLength(VIEW_LIMIT + PAGE_ITEMS);
    const later = withEntries(log, from(5_000, 10));
    expect(later.notifications).toHaveLength(VIEW_LIMIT + PAGE_ITEMS);
    expect(later.notifications.at(-1)?.seq).toBe(5_009);
  });

  test("ends, however often older ones are asked for, and the newest are always there", () => {
    let log = withEntries(snapshotOf(), from(1, 20_000));
    for (let i = 0; i < 400; i++) log = older(log);
    expect(log.notifications).toHaveLength(HISTORY_LIMIT);
    expect(log.notifications.at(-1)?.seq).toBe(20_000);
    expect(roomForOlder(log, "notification")).toBeUndefined();
  });

  test("is that of the beginning after the next snapshot", () => {
    const log = older(withEntries(snapshotOf(), from(1, VIEW_LIMIT + 200)));
    expect(log.room.notification).toBeGreaterThan(VIEW_LIMIT);
    expect(snapshotOf().room.notification).toBe(VIEW_LIMIT);
  });

  test("50,000 entries, one by one: the view stays small, and an entry costs what the view has, not what ever came", () => {
    const costOf = (entries: number) => {
      let log: Log = snapshotOf();
      const began = performance.now();
      for (let seq = 1; seq <= entries; seq++) log = withEntries(log, [notification(seq)]);
      return { log, ms: performance.now() - began };
    };
    const { log, ms } = costOf(50_000);
    expect(log.notifications).toHaveLength(VIEW_LIMIT);
    expect(log.notifications.at(-1)?.seq).toBe(50_000);
    expect(ms / 50_000).toBeLessThan(0.2);
  });
});

describe("a page of older ones", () => {
  const page = (items: Page["items"], end = false) => ({ items, end });

  test("[P27] stands before what is there, and doubles nothing", () => {
    const log = withPage(snapshotOf(...from(11, 50)), "notification", page(from(5, 8)));
    expect(log.notifications).toEqual(from(5, 56));
    expect(log.complete.notification).toBe(false);
    expect(log.from.notification).toBe(5);
  });

  test("[P27] what is there already stays as it is: entries came for it since", () => {
    const shown = { ...notification(11), seen: true as const };
    const log = withPage(snapshotOf(shown, ...from(12, 49)), "notification", page(from(10, 2)));
    expect(log.notifications.slice(0, 2)).toEqual([notification(10), shown]);
  });

  test("[P27] at the end nothing is before it, nor where there is none", () => {
    const log = snapshotOf(...from(11, 50));
    const all = withPage(log, "notification", page(from(5, 6), true));
    expect(all.complete).toEqual({ notification: true, sent: true, archived: true });
    expect(withPage(log, "notification", page([])).complete.notification).toBe(true);
  });

  test("[P26] of retracted ones alone shows nothing more, and the next begins before them", () => {
    const retracted = from(5, 6).map((item) => ({ ...item, text: "", retracted: true as const }));
    const log = withPage(snapshotOf(...from(11, 50)), "notification", page(retracted));
    expect(log.notifications).toEqual(from(11, 50));
    expect(log.from.notification).toBe(5);
  });

  test("[P27] is of one kind: the other is left alone", () => {
    const before = withEntries({ ...emptyLog, from: { notification: 40, sent: 40, archived: 40 } }, [
      notification(40),
      sent(41),
    ]);
    const log = withPage(before, "sent", page([sent(3), notification(4)]));
    expect(log.sent).toEqual([sent(3), sent(41)]);
    expect(log.notifications).toBe(before.notifications);
    expect(log.from).toEqual({ notification: 40, sent: 3, archived: 40 });
  });
});
