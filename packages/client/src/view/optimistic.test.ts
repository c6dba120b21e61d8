import { describe, expect, test } from "vitest";
import { edit, mark, retract } from "../testing/requests.ts";
import { notification, sent } from "../testing/states.ts";
import { withEntries } from "./entries.ts";
import { emptyLog } from "./log.ts";
import { asWanted, Wanted } from "./optimistic.ts";

const counts = { unseen: 2, unread: 2, asOf: 4 };
const log = withEntries(
  { ...emptyLog, uid: "100" },
  [notification(1), { ...sent(2, "id-3"), to: "100" }, notification(3), sent(4)],
  counts,
);

describe("what is wanted is shown", () => {
  test("[P23] marks, and no arithmetic on the counts", () => {
    const wanted = asWanted(log, [mark("m", "read", { upTo: 3 }), mark("n", "unread", { seqs: [1] })]);
    expect(wanted.notifications).toEqual([
      { ...notification(1), seen: true },
      { ...notification(3), seen: true, read: true },
    ]);
    expect(wanted.counts).toBe(counts);
  });

  test("[P26] edits and retractions, at both ends where they are in one log", () => {
    const wanted = asWanted(log, [edit("e", "draft-4", "another"), retract("r", "id-3")]);
    expect(wanted.notifications).toEqual([notification(1)]);
    expect(wanted.sent.map(({ text, edited, retracted }) => [text, edited, retracted])).toEqual([
      ["", undefined, true],
      ["another", true, undefined],
    ]);
  });

  test("[P26] in the order in which it was wanted", () => {
    const wanted = asWanted(log, [edit("e", "draft-4", "one"), edit("f", "draft-4", "two")]);
    expect(wanted.sent.at(-1)?.text).toBe("two");
  });

  test("what the log says already is not changed again: no object, no array", () => {
    const done = asWanted(log, [mark("m", "read", { upTo: 3 }), edit("e", "draft-4", "x"), retract("r", "id-3")]);
    const again = asWanted(done, [mark("m", "read", { upTo: 3 }), edit("e", "draft-4", "x"), retract("r", "id-3")]);
    expect(again.notifications).toBe(done.notifications);
    expect(again.sent).toBe(done.sent);
  });
});

describe("what was wanted last is remembered", () => {
  const changes = [mark("m", "read", { upTo: 3 })];

  test("arrays are the same until the log's own change, or what is wanted", () => {
    const wanted = new Wanted();
    const first = wanted.of(log, changes);
    const counted = wanted.of({ ...log, counts: { ...counts, asOf: 9 } }, changes);
    expect(counted.notifications).toBe(first.notifications);
    expect(counted.counts?.asOf).toBe(9);
    const more = wanted.of(withEntries(log, [sent(5)]), changes);
    expect(more.notifications).toBe(first.notifications);
    expect(more.sent).toHaveLength(3);
    expect(wanted.of(log, []).notifications).toBe(log.notifications);
  });
});
