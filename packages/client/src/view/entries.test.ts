import type { Entry, Mark, MarkName, MarkTarget, Receipt, SentState } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import { notification, sent } from "../testing/states.ts";
import { withEntries } from "./entries.ts";
import { emptyLog, type Log } from "./log.ts";

const ME = "me";
const log = withEntries({ ...emptyLog, uid: ME, from: { notification: 0, sent: 0, archived: 0 } }, [
  notification(1),
  sent(2),
  notification(3),
  sent(4),
]);
const receipt = (state: Receipt["state"], ...ids: string[]): Receipt => ({
  kind: "receipt",
  seq: 5,
  state,
  to: "101",
  ids,
  at: 5,
});
const mark = (name: MarkName, target: MarkTarget): Mark => ({ kind: "mark", seq: 5, at: 5, mark: name, target });
const edit = (from: string, to: string, id: string, text = "another"): Entry => ({
  kind: "edit",
  seq: 6,
  at: 6,
  from,
  to,
  id,
  text,
});
const retraction = (from: string, to: string, id: string): Entry => ({
  kind: "retraction",
  seq: 7,
  at: 7,
  from,
  to,
  id,
});
const states = ({ sent: lines }: Log): readonly SentState[] => lines.map(({ state }) => state);
const flags = ({ notifications }: Log) => notifications.map(({ seen, read }) => [seen, read]);

describe("notifications and sent drafts", () => {
  test("[P7] stand in the order of their log; no entries leave the log as it is", () => {
    expect(log.notifications).toEqual([notification(1), notification(3)]);
    expect(log.sent).toEqual([sent(2), sent(4)]);
    expect(withEntries(log, [])).toBe(log);
  });

  test("[P10] come as they stand now: a sent draft that was read is read, a retracted notification is none", () => {
    expect(states(withEntries(log, [{ ...sent(5), state: "read" }]))).toEqual(["stored", "stored", "read"]);
    expect(withEntries(log, [{ ...notification(5, ""), retracted: true }]).notifications).toBe(log.notifications);
  });

  test("[P10] are there once, however often they come", () => {
    expect(withEntries(log, [notification(3, "as it was"), sent(2)])).toEqual(log);
  });
});

describe("receipts", () => {
  test.each(["delivered", "seen", "read"] as const)(
    "[P24] say %s of the drafts that they name, and no others",
    (state) => {
      expect(states(withEntries(log, [receipt(state, "draft-2")]))).toEqual([state, "stored"]);
    },
  );

  test("[P24] skip a state, and never take one back, in whatever order they come", () => {
    const read = withEntries(log, [receipt("read", "draft-2", "draft-4")]);
    const late = withEntries(read, [receipt("delivered", "draft-2"), receipt("seen", "draft-4")]);
    expect(states(late)).toEqual(["read", "read"]);
    expect(late.sent).toBe(read.sent);
  });

  test("[P14] leave other lines the same objects, and the notifications the same array", () => {
    const after = withEntries(log, [receipt("delivered", "draft-4")]);
    expect(after.sent[0]).toBe(log.sent[0]);
    expect(after.notifications).toBe(log.notifications);
  });

  test("[P14] of drafts that the view does not hold change nothing, not even an array", () => {
    expect(withEntries(log, [receipt("delivered", "draft-of-last-year")]).sent).toBe(log.sent);
  });
});

describe("marks", () => {
  test("[P23] seen, of those that are named", () => {
    expect(flags(withEntries(log, [mark("seen", { seqs: [3, 4] })]))).toEqual([
      [undefined, undefined],
      [true, undefined],
    ]);
  });

  test("[P23] read implies seen; up to a seq is every one up to it, and none that lands later", () => {
    const marked = withEntries(log, [mark("read", { upTo: 3 }), notification(6)]);
    expect(flags(marked)).toEqual([
      [true, true],
      [true, true],
      [undefined, undefined],
    ]);
  });

  test("[P23] unread takes read back, and seen is for ever", () => {
    const read = withEntries(log, [mark("read", { seqs: [1] })]);
    const unread = withEntries(read, [mark("unread", { seqs: [1] })]);
    expect(unread.notifications).toEqual([{ ...notification(1), seen: true }, notification(3)]);
  });

  test("[P23] of what is so already, or is no notification, change nothing, not even an array", () => {
    const read = withEntries(log, [mark("read", { upTo: 4 })]);
    const again = [mark("read", { upTo: 4 }), mark("seen", { seqs: [1, 3] }), mark("unread", { seqs: [2, 4, 99] })];
    for (const entry of again) expect(withEntries(read, [entry]).notifications).toBe(read.notifications);
  });
});

describe("edits and retractions", () => {
  test("[P26] what came has another text, or is gone", () => {
    const after = withEntries(log, [edit("100", ME, "id-1"), retraction("100", ME, "id-3")]);
    expect(after.notifications).toEqual([{ ...notification(1), text: "another", edited: true }]);
    expect(after.sent).toBe(log.sent);
  });

  test("[P26] what was sent has another text, or is there without it", () => {
    const after = withEntries(log, [edit(ME, "101", "draft-2"), retraction(ME, "101", "draft-4")]);
    expect(after.sent).toEqual([
      { ...sent(2), text: "another", edited: true },
      { ...sent(4), text: "", retracted: true },
    ]);
    expect(after.notifications).toBe(log.notifications);
  });

  test("[P26] an edit gives no text back to what was retracted", () => {
    const gone = withEntries(log, [retraction(ME, "101", "draft-2")]);
    expect(withEntries(gone, [edit(ME, "101", "draft-2")]).sent).toBe(gone.sent);
  });

  test("[P10] (from, id) is meant: another author's draft of the same id is another draft", () => {
    const own = { ...sent(5, "a"), to: ME };
    const both = withEntries(log, [own, { ...notification(6), from: ME, id: "a" }, { ...notification(7), id: "a" }]);
    const theirs = withEntries(both, [retraction("100", ME, "a")]);
    expect(theirs.sent).toBe(both.sent);
    expect(theirs.notifications.map(({ seq }) => seq)).toEqual([1, 3, 6]);
    const rewritten = withEntries(both, [edit("100", ME, "a")]);
    expect(rewritten.sent).toBe(both.sent);
    expect(rewritten.notifications.map(({ text }) => text)).toEqual(["text 1", "text 3", "text 6", "another"]);
    const mine = withEntries(both, [retraction(ME, ME, "a")]);
    expect(mine.sent.at(-1)).toMatchObject({ text: "", retracted: true });
    expect(mine.notifications.map(({ seq }) => seq)).toEqual([1, 3, 7]);
  });
});

describe("trims", () => {
  const trim = (upTo: number): Entry => ({ kind: "trim", seq: 8, at: 8, upTo });

  test("[P28] what stood up to there is gone, of every kind, and what stood after is not", () => {
    const after = withEntries(log, [trim(2)]);
    expect([after.notifications, after.sent]).toEqual([[notification(3)], [sent(4)]]);
  });

  test("[P28] who has all that is left has all; who has a gap before it has not", () => {
    const complete = (...[first, second, third]: readonly [boolean, boolean, boolean]) => ({
      notification: first,
      sent: second,
      archived: third,
    });
    const cut = { ...log, from: { notification: 3, sent: 4, archived: 2 }, complete: complete(false, false, false) };
    expect(withEntries(cut, [trim(0)]).complete).toEqual(complete(false, false, false));
    expect(withEntries(cut, [trim(1)]).complete).toEqual(complete(false, false, true));
    expect(withEntries(cut, [trim(2)]).complete).toEqual(complete(true, false, true));
    expect(withEntries(cut, [trim(3)]).complete).toEqual(complete(true, true, true));
  });
});

describe("counts", () => {
  const counts = (unseen: number, asOf: number) => ({ unseen, unread: 9, asOf });

  test("[P25] are the hub's, whatever the entries are", () => {
    expect(withEntries(log, [notification(9), mark("read", { upTo: 9 })]).counts).toBeUndefined();
    expect(withEntries(log, [notification(9)], counts(4, 9)).counts).toEqual(counts(4, 9));
  });

  test("[P25] of an older position are ignored; of the same, the later word counts", () => {
    const now = withEntries(log, [], counts(4, 9));
    expect(withEntries(now, [], counts(7, 8))).toBe(now);
    expect(withEntries(now, [], { ...counts(4, 9) })).toBe(now);
    expect(withEntries(now, [], counts(5, 9)).counts).toEqual(counts(5, 9));
    expect(withEntries(now, [], counts(4, 10)).counts).toEqual(counts(4, 10));
  });
});
