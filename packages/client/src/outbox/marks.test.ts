import { limits } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import { mark } from "../testing/requests.ts";
import { coalesced, portions } from "./marks.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe("two marks are one", () => {
  test("[P23] of seqs: those of either, the later id", () => {
    expect(coalesced(mark("a", "read", { seqs: [1, 2] }), mark("b", "read", { seqs: [2, 3] }))).toEqual(
      mark("b", "read", { seqs: [1, 2, 3] }),
    );
  });

  test("[P23] up to a seq: the greater", () => {
    expect(coalesced(mark("a", "read", { upTo: 9 }), mark("b", "read", { upTo: 4 }))?.target).toEqual({ upTo: 9 });
  });

  test("[P23] not of different marks or kinds of target, nor beyond what one may name", () => {
    const seqs = mark("a", "read", { seqs: upTo(limits.markedAtOnce) });
    expect(coalesced(seqs, mark("b", "unread", { seqs: [1] }))).toBeUndefined();
    expect(coalesced(seqs, mark("b", "read", { upTo: 3 }))).toBeUndefined();
    expect(coalesced(mark("b", "read", { upTo: 3 }), seqs)).toBeUndefined();
    expect(coalesced(seqs, mark("b", "read", { seqs: [limits.markedAtOnce + 1] }))).toBeUndefined();
    expect(coalesced(seqs, mark("b", "read", { seqs: [7] }))).toBeDefined();
  });
});

describe("a target in portions", () => {
  test("[P23] none names more than one request may, each seq is named once", () => {
    const parts = portions({ seqs: [...upTo(450), 7, 8] });
    expect(parts.map((part) => ("seqs" in part ? part.seqs.length : 0))).toEqual([200, 200, 50]);
    expect(parts.flatMap((part) => ("seqs" in part ? part.seqs : []))).toEqual(upTo(450));
  });

  test("[P23] of nothing there is none; up to a seq is one", () => {
    expect(portions({ seqs: [] })).toEqual([]);
    expect(portions({ upTo: 4 })).toEqual([{ upTo: 4 }]);
  });
});
