import type { Entry, MarkName, MarkTarget, Notification } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import { notification } from "../testing/states.ts";
import { withEntries } from "./entries.ts";
import { emptyLog, type Log } from "./log.ts";
import { withPage } from "./page.ts";

const mark = (name: MarkName, target: MarkTarget): Entry => ({ kind: "mark", seq: 99, at: 99, mark: name, target });
const archived = (seq: number): Notification => ({ ...notification(seq), seen: true, archived: true });
const seqs = (items: readonly Notification[]) => items.map(({ seq }) => seq);

/** A log that holds everything from seq 10 on, and of what is archived everything from 4 on. */
const log: Log = withPage(
  withEntries({ ...emptyLog, uid: "me", from: { notification: 10, sent: 10, archived: 10 } }, [
    notification(10),
    notification(11),
  ]),
  "archived",
  { items: [archived(4), archived(7)], end: false },
);

describe("the list of what is archived", () => {
  test("[P52] is read further back than the rest, and is complete by itself", () => {
    expect(seqs(log.archived)).toEqual([4, 7]);
    expect(log.from).toEqual({ notification: 10, sent: 10, archived: 4 });
    expect(withPage(log, "archived", { items: [], end: true }).complete).toMatchObject({
      archived: true,
      notification: false,
    });
  });

  test("[P52] has the same objects as the inbox, in the order of the log", () => {
    const after = withEntries(log, [mark("archived", { seqs: [11] })]);
    expect(after.notifications).toEqual([notification(10), archived(11)]);
    expect(seqs(after.archived)).toEqual([4, 7, 11]);
    expect(after.archived[2]).toBe(after.notifications[1]);
  });

  test("[P52] loses what is wanted back, wherever it stands", () => {
    const all = withEntries(log, [mark("archived", { seqs: [10, 11] })]);
    const after = withEntries(all, [mark("unarchived", { seqs: [7, 11] })]);
    expect(seqs(after.archived)).toEqual([4, 10]);
    expect(after.notifications[1]).toEqual({ ...notification(11), seen: true });
  });

  test("[P52] begins after what was archived and is not here: that is older history", () => {
    const named = withEntries(log, [mark("archived", { seqs: [5, 11] })]);
    expect([seqs(named.archived), named.from.archived]).toEqual([[7, 11], 6]);
    const all = withEntries(log, [mark("archived", { upTo: 10 })]);
    expect([seqs(all.archived), all.from.archived]).toEqual([[10], 10]);
    const older = withEntries(log, [mark("archived", { seqs: [3] })]);
    expect([seqs(older.archived), older.from.archived]).toEqual([[4, 7], 4]);
  });

  test("[P10] stays the same array where nothing changes", () => {
    const after = withEntries(log, [mark("archived", { seqs: [4, 7] }), mark("seen", { seqs: [7] }), notification(12)]);
    expect(after.archived).toBe(log.archived);
  });

  test("[P26] [P28] follows edits, retractions and trims", () => {
    const edit: Entry = { kind: "edit", seq: 99, at: 1, from: "100", to: "me", id: "id-7", text: "new" };
    expect(withEntries(log, [edit]).archived[1]).toMatchObject({ text: "new", edited: true });
    const gone: Entry = { kind: "retraction", seq: 99, at: 1, from: "100", to: "me", id: "id-4" };
    expect(seqs(withEntries(log, [gone]).archived)).toEqual([7]);
    expect(seqs(withEntries(log, [{ kind: "trim", seq: 99, at: 1, upTo: 4 }]).archived)).toEqual([7]);
  });
});

describe("what was put off", () => {
  const again: Notification = { ...notification(20), id: "id-7", wokenFrom: { seq: 7, at: 7 } };

  test("[P53] says until when, or not any more", () => {
    const off = withEntries(log, [{ kind: "snooze", seq: 98, at: 1, seqs: [7, 10, 98], until: 500 }]);
    expect(off.notifications[0]).toEqual({ ...notification(10), snoozedUntil: 500 });
    expect(off.archived[1]).toEqual({ ...archived(7), snoozedUntil: 500 });
    expect(withEntries(off, [{ kind: "snooze", seq: 99, at: 1, seqs: [7, 10] }])).toEqual(log);
  });

  test("[P53] comes again, and is not where it was any more, in either list", () => {
    const after = withEntries(log, [again]);
    expect(seqs(after.notifications)).toEqual([10, 11, 20]);
    expect(seqs(after.archived)).toEqual([4]);
  });

  test("[P53] went on from where it came to, while the client was away", () => {
    const left: Notification = { ...again, text: "", wokenAs: 30 };
    const last: Notification = { ...again, seq: 30, wokenFrom: { seq: 20, at: 7 } };
    const after = withEntries(log, [left, last]);
    expect(seqs(after.notifications)).toEqual([10, 11, 30]);
    expect(seqs(after.archived)).toEqual([4]);
  });
});
