import type { Entry, Notification, Receipt, Sent, Snapshot } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import { notification } from "./testing/states.ts";
import { emptyView, unrung, VIEW_LIMIT, viewOf, withEntries } from "./view.ts";

const sent = (seq: number): Sent => ({
  kind: "sent",
  seq,
  id: `draft-${seq}`,
  to: "100",
  text: `text ${seq}`,
  thread: "post-1",
  at: seq,
});
const delivered = (seq: number, ...ids: string[]): Receipt => ({
  kind: "receipt",
  seq,
  state: "delivered",
  to: "100",
  ids,
  at: seq,
});

/** What a hub says stands in this log after all its entries. */
function snapshotOf(log: readonly Entry[], acked = 0): Snapshot {
  const reported = new Set(log.flatMap((entry) => (entry.kind === "receipt" ? entry.ids : [])));
  return {
    notifications: log.filter((entry): entry is Notification => entry.kind === "notification"),
    sent: log
      .filter((entry): entry is Sent => entry.kind === "sent")
      .map((entry) => ({ ...entry, state: reported.has(entry.id) ? "delivered" : "stored" })),
    acked,
  };
}

describe("an old snapshot with the entries after it is the new snapshot", () => {
  const log = [
    notification(1),
    sent(2),
    notification(3),
    sent(4),
    delivered(5, "draft-2"),
    sent(6),
    delivered(7, "draft-4", "draft-6"),
    notification(8),
  ];

  test.each(log.map((_, cut) => cut))("[P8] when the cut is after entry %i", (cut) => {
    const caughtUp = withEntries(viewOf(snapshotOf(log.slice(0, cut))), log.slice(cut));
    expect(caughtUp).toEqual(viewOf(snapshotOf(log)));
  });

  const kinds: readonly (readonly [kind: string, entry: Entry])[] = [
    ["a notification", notification(9)],
    ["a sent draft", sent(9)],
    ["a receipt", delivered(9, "draft-2", "draft-6")],
  ];

  test.each(kinds)("[P10] for %s alone", (_kind, entry) => {
    expect(withEntries(viewOf(snapshotOf(log)), [entry])).toEqual(viewOf(snapshotOf([...log, entry])));
  });

  test("[P7] one by one or all at once makes no difference", () => {
    const oneByOne = log.reduce((view, entry) => withEntries(view, [entry]), emptyView);
    expect(oneByOne).toEqual(withEntries(emptyView, log));
  });
});

describe("receipts", () => {
  const view = withEntries(emptyView, [sent(1), sent(2), notification(3)]);

  test("[P14] say delivered of the drafts that they name, and of no others", () => {
    expect(withEntries(view, [delivered(4, "draft-2")]).sent.map(({ state }) => state)).toEqual([
      "stored",
      "delivered",
    ]);
  });

  test("[P14] leave other lines the same objects, and the notifications the same array", () => {
    const after = withEntries(view, [delivered(4, "draft-2")]);
    expect(after.sent[0]).toBe(view.sent[0]);
    expect(after.notifications).toBe(view.notifications);
  });

  test("[P14] of drafts that the view does not hold change nothing, not even an array", () => {
    expect(withEntries(view, [delivered(4, "draft-of-last-year")]).sent).toBe(view.sent);
  });

  test("[P14] of the same draft twice are as good as once", () => {
    const once = withEntries(view, [delivered(4, "draft-1")]);
    expect(withEntries(once, [delivered(5, "draft-1")])).toEqual(once);
  });
});

describe("bounds", () => {
  test("the view keeps the newest of each kind, in order, and forgets the oldest", () => {
    const notifications = Array.from({ length: VIEW_LIMIT + 5 }, (_, i) => notification(i + 1));
    const drafts = Array.from({ length: VIEW_LIMIT + 5 }, (_, i) => sent(i + 2_000));
    const view = withEntries(emptyView, [...notifications, ...drafts]);
    expect(view.notifications).toEqual(notifications.slice(5));
    expect(view.sent.map(({ seq }) => seq)).toEqual(drafts.slice(5).map(({ seq }) => seq));
  });

  test("no entries leave the view as it is", () => {
    const view = withEntries(emptyView, [notification(1)]);
    expect(withEntries(view, [])).toBe(view);
    expect(emptyView).toEqual({ notifications: [], sent: [] });
  });
});

describe("unrung", () => {
  const snapshot = (acked: number, ...notifications: Notification[]): Snapshot => ({ notifications, sent: [], acked });

  test("[P15] only what no connection has acknowledged has rung nowhere", () => {
    expect(unrung(emptyView, snapshot(2, notification(1), notification(2), notification(3)))).toEqual([
      notification(3),
    ]);
  });

  test("[P15] what this client has shown does not ring again, acknowledged or not", () => {
    const before = withEntries(emptyView, [notification(3)]);
    expect(unrung(before, snapshot(0, notification(3), notification(4)))).toEqual([notification(4)]);
  });

  test("[P15] a notification is known by author and id, also where a restored store numbers it anew", () => {
    const before = withEntries(emptyView, [notification(3)]);
    expect(unrung(before, snapshot(0, { ...notification(3), seq: 70 }))).toEqual([]);
    const stranger = { ...notification(3), from: "102" };
    expect(unrung(before, snapshot(0, stranger))).toEqual([stranger]);
  });

  test("[P15] (author, id) are two things: joined in another way they are another notification", () => {
    const before = withEntries(emptyView, [{ ...notification(1), from: "1", id: "00-a" }]);
    const other = { ...notification(2), from: "10", id: "0-a" };
    expect(unrung(before, snapshot(0, other))).toEqual([other]);
  });

  test("[P15] they ring in the order of their log", () => {
    expect(unrung(emptyView, snapshot(0, notification(1), notification(2))).map(({ seq }) => seq)).toEqual([1, 2]);
  });
});
