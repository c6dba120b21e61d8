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
