import { describe, expect, it } from "vitest";
import { AT, Bench, draft, drafts, grown, type Store } from "./bench.ts";

export function rewritingContract(stores: () => Promise<Store>): void {
  describe("edit and retract", () => {
    const bench = Bench.in(stores);
    const retract = (from: string, id: string) => bench.change({ op: "retract", from, id, at: AT });
    const edit = (from: string, id: string, text: string) => bench.change({ op: "edit", from, id, text, at: AT });
    const growthOf = (outcome: Awaited<ReturnType<typeof edit>>) =>
      outcome.outcome === "done" ? grown(outcome.growth) : outcome.outcome;

    it("[P26] an edit stands in both logs, and both ends read the new text", async () => {
      await bench.append(draft("100", "101", "d1", { text: "old" }));
      expect(growthOf(await edit("100", "d1", "new"))).toEqual([
        ["101", "edit 2"],
        ["100", "edit 2"],
      ]);
      expect(await bench.log("101")).toMatchObject([
        { kind: "notification", text: "new", edited: true },
        { kind: "edit", from: "100", to: "101", id: "d1", text: "new" },
      ]);
      expect((await bench.snapshot("100")).sent).toMatchObject([{ text: "new", edited: true }]);
      expect(await bench.counts("101")).toMatchObject({ unseen: 1, unread: 1 });
    });

    it("[P26] a retraction removes every text from both logs, also those of edits, and the counts forget it", async () => {
      await bench.append(draft("100", "101", "d1", { text: "secret one" }), draft("100", "101", "d2"));
      await edit("100", "d1", "secret two");
      await bench.mark("101", "seen", { seqs: [1] });
      await retract("100", "d1");
      const log = await bench.log("101");
      expect(JSON.stringify([log, await bench.log("100")])).not.toContain("secret");
      expect(log[0]).toMatchObject({ kind: "notification", text: "", retracted: true });
      expect(log.at(-1)).toMatchObject({ kind: "retraction", from: "100", to: "101", id: "d1" });
      expect(await bench.counts("101")).toMatchObject({ unseen: 1, unread: 1 });
      expect((await bench.snapshot("101")).notifications.map(({ id }) => id)).toEqual(["d2"]);
      expect((await bench.snapshot("100")).sent).toMatchObject([{ id: "d1", retracted: true }, { id: "d2" }]);
    });

    it("[P26] a retracted notification is not marked, and gives no receipts", async () => {
      await bench.append(draft("100", "101", "d1"));
      await retract("100", "d1");
      expect(await bench.mark("101", "read", { upTo: 9 })).toEqual([]);
      expect(await bench.mark("101", "read", { seqs: [1] })).toEqual([]);
      expect(await bench.acknowledge("101", 2)).toEqual([]);
    });

    it("[P26] either done again changes nothing", async () => {
      await bench.append(draft("100", "101", "d1"));
      await edit("100", "d1", "new");
      expect(growthOf(await edit("100", "d1", "new"))).toEqual([]);
      await retract("100", "d1");
      expect(growthOf(await retract("100", "d1"))).toEqual([]);
      expect(await bench.counts("101")).toMatchObject({ unseen: 0, unread: 0 });
    });

    it("[P26] what is not there, not one's own, or retracted is unknown", async () => {
      await bench.append(draft("100", "101", "d1"));
      expect(growthOf(await retract("101", "d1"))).toBe("unknownDraft");
      expect(growthOf(await edit("101", "d1", "mine now"))).toBe("unknownDraft");
      expect(growthOf(await retract("100", "d2"))).toBe("unknownDraft");
      await retract("100", "d1");
      expect(growthOf(await edit("100", "d1", "back again"))).toBe("unknownDraft");
      expect(await bench.log("101")).toMatchObject([{ text: "" }, { kind: "retraction" }]);
    });

    it("[P31] who may send to some alone edits only what went to them; taking back is always allowed", async () => {
      await bench.append(draft("100", "101", "d1"), draft("100", "102", "d2"));
      const limited = (id: string) =>
        bench.change({ op: "edit", from: "100", id, text: "new", sendsTo: new Set(["102"]), at: AT });
      expect(growthOf(await limited("d1"))).toBe("forbidden");
      expect(await bench.log("101")).toMatchObject([{ text: "text of d1" }]);
      expect(growthOf(await limited("d2"))).toEqual([
        ["102", "edit 2"],
        ["100", "edit 3"],
      ]);
      expect(growthOf(await limited("d3"))).toBe("unknownDraft");
      expect(growthOf(await retract("100", "d1"))).not.toBe("forbidden");
    });

    it("[P26] of what one wrote to oneself stands once", async () => {
      await bench.append(draft("100", "100", "d1"));
      expect(growthOf(await edit("100", "d1", "new"))).toEqual([["100", "edit 3"]]);
      expect(growthOf(await retract("100", "d1"))).toEqual([["100", "retraction 4"]]);
      expect(await bench.counts("100")).toEqual({ unseen: 0, unread: 0, asOf: 4 });
    });

    it("[P12] a resend after an edit or a retraction still gets the first result", async () => {
      const first = draft("100", "101", "d1", { text: "old" });
      await bench.append(first);
      await edit("100", "d1", "new");
      expect(await bench.append(first)).toMatchObject([{ outcome: "duplicate", seq: 1 }]);
      expect(await bench.append({ ...first, text: "new" })).toEqual([{ outcome: "conflict" }]);
      await retract("100", "d1");
      expect(await bench.append(first)).toMatchObject([{ outcome: "duplicate", seq: 1 }]);
    });

    it("[P26] only the one draft changes", async () => {
      await bench.append(...drafts("100", "101", 3), draft("102", "101", "d2"));
      await edit("100", "d2", "new");
      await retract("102", "d2");
      expect((await bench.snapshot("101")).notifications.map(({ id, text }) => [id, text])).toEqual([
        ["d1", "text of d1"],
        ["d2", "new"],
        ["d3", "text of d3"],
      ]);
    });
  });
}
