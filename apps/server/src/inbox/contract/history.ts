import { describe, expect, it } from "vitest";
import { AT, Bench, draft, drafts, type Store } from "./bench.ts";

export function historyContract(stores: () => Promise<Store>): void {
  describe("history", () => {
    const bench = Bench.in(stores);
    const page = async (of: "notification" | "sent", before: number, limit: number) => {
      const { items, end } = await bench.inbox.page("101", of, before, limit);
      return { ids: items.map(({ id }) => id), end };
    };

    it("[P27] gives one kind before a seq, oldest first, and says where it ends", async () => {
      await bench.append(...drafts("100", "101", 5), draft("101", "100", "own"));
      expect(await page("notification", 5, 2)).toEqual({ ids: ["d3", "d4"], end: false });
      expect(await page("notification", 3, 2)).toEqual({ ids: ["d1", "d2"], end: true });
      expect(await page("notification", 1, 2)).toEqual({ ids: [], end: true });
      expect(await page("sent", 99, 2)).toEqual({ ids: ["own"], end: true });
    });

    it("[P12] gives the ids of an author's drafts that begin alike, in order, some at a time", async () => {
      const ids = ["a-1", "a-2", "a-3", "a_4", "ab", "a", "A-1", "b-1"];
      await bench.append(...ids.map((id) => draft("100", "101", id)), draft("102", "101", "a-9"));
      expect(await bench.inbox.drafts("100", "a-", "", 2)).toEqual(["a-1", "a-2"]);
      expect(await bench.inbox.drafts("100", "a-", "2", 2)).toEqual(["a-3"]);
      expect(await bench.inbox.drafts("100", "a-", "3", 2)).toEqual([]);
    });

    it("[P27] gives items as they stand now, without what is retracted", async () => {
      await bench.append(...drafts("100", "101", 3), draft("101", "100", "own"));
      await bench.mark("101", "read", { seqs: [1] });
      await bench.change({ op: "retract", from: "100", id: "d2", at: AT });
      await bench.acknowledge("100", 99);
      expect((await bench.inbox.page("101", "notification", 99, 10)).items).toMatchObject([
        { id: "d1", read: true },
        { id: "d3" },
      ]);
      expect((await bench.inbox.page("101", "sent", 99, 10)).items).toMatchObject([{ id: "own", state: "delivered" }]);
    });
  });
}
