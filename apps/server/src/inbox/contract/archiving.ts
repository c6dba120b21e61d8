import type { HistoryKind } from "@carillon/protocol";
import { describe, expect, it } from "vitest";
import { AT, Bench, draft, drafts, grown, type Store } from "./bench.ts";

export function archivingContract(stores: () => Promise<Store>): void {
  describe("what is archived", () => {
    const bench = Bench.in(stores);
    const counted = async () => {
      const { unseen, unread } = await bench.counts("101");
      return [unseen, unread];
    };
    const page = async (of: HistoryKind, before: number, limit: number) => {
      const { items, end } = await bench.inbox.page("101", of, before, limit);
      return { seqs: items.map(({ seq }) => seq), end };
    };

    it("[P52] is seen and in neither count, by seqs or up to one; its author learns seen", async () => {
      await bench.append(...drafts("100", "101", 4));
      await bench.acknowledge("101", 4);
      expect(grown(await bench.mark("101", "archived", { seqs: [2] }))).toEqual([
        ["101", "mark 5"],
        ["100", "receipt 6"],
      ]);
      expect(await counted()).toEqual([3, 3]);
      const [own] = await bench.mark("101", "archived", { upTo: 3 });
      expect(own).toMatchObject({
        entries: [{ mark: "archived", target: { upTo: 3 } }],
        counts: { unseen: 1, unread: 1 },
      });
      expect((await bench.snapshot("101")).notifications).toMatchObject([
        { seq: 1, seen: true, archived: true },
        { seq: 2, seen: true, archived: true },
        { seq: 3, seen: true, archived: true },
        { seq: 4 },
      ]);
      expect((await bench.snapshot("100")).sent.map(({ state }) => state)).toEqual([
        "seen",
        "seen",
        "seen",
        "delivered",
      ]);
    });

    it("[P52] comes back read or unread as it was, whatever else was marked meanwhile", async () => {
      await bench.append(...drafts("100", "101", 3));
      await bench.mark("101", "read", { seqs: [1] });
      await bench.mark("101", "archived", { upTo: 3 });
      expect(await counted()).toEqual([0, 0]);
      await bench.mark("101", "read", { seqs: [3] });
      expect(await counted()).toEqual([0, 0]);
      expect(grown(await bench.mark("101", "unarchived", { upTo: 3 }))).toEqual([["101", "mark 7"]]);
      expect(await counted()).toEqual([0, 1]);
      const back = (await bench.snapshot("101")).notifications;
      expect(back.map(({ read, archived }) => [read, archived])).toEqual([
        [true, undefined],
        [undefined, undefined],
        [true, undefined],
      ]);
    });

    it("[P52] is so once: what is so already adds no entry", async () => {
      await bench.append(draft("100", "101", "d1"));
      expect(await bench.mark("101", "unarchived", { upTo: 1 })).toEqual([]);
      await bench.mark("101", "archived", { seqs: [1] });
      expect(await bench.mark("101", "archived", { upTo: 9 })).toEqual([]);
    });

    it("[P52] withheld, its author learns nothing of it", async () => {
      await bench.append(draft("100", "101", "d1"));
      expect(grown(await bench.mark("101", "archived", { seqs: [1] }, true))).toEqual([["101", "mark 2"]]);
    });

    it("[P27] is a history of its own, page by page, as it stands now", async () => {
      await bench.append(...drafts("100", "101", 60));
      await bench.mark("101", "archived", { seqs: [3, 7, 20, 55] });
      await bench.change({ op: "retract", from: "100", id: "d7", at: AT });
      expect(await page("archived", 100, 2)).toEqual({ seqs: [20, 55], end: false });
      expect(await page("archived", 20, 2)).toEqual({ seqs: [3], end: true });
      await bench.mark("101", "unarchived", { seqs: [20] });
      expect(await page("archived", 100, 50)).toEqual({ seqs: [3, 55], end: true });
      expect((await page("notification", 100, 5)).seqs).toEqual([56, 57, 58, 59, 60]);
      expect((await page("notification", 57, 3)).seqs).toEqual([54, 55, 56]);
    });

    it("[P26] [P28] taken back or given up, it was counted already", async () => {
      await bench.append(...drafts("100", "101", 3));
      await bench.mark("101", "archived", { seqs: [1] });
      await bench.change({ op: "retract", from: "100", id: "d1", at: AT });
      expect(await counted()).toEqual([2, 2]);
      await bench.mark("101", "archived", { seqs: [2] });
      await bench.reopen({ mostEntries: 10 });
      await bench.append(...drafts("102", "101", 12));
      const left = (await bench.log("101")).filter(({ kind }) => kind === "notification").length;
      expect(await counted()).toEqual([left, left]);
    });
  });
}
