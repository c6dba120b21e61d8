import { describe, expect, it } from "vitest";
import type { Done, Marked } from "../../hub/ports.ts";
import { Bench, draft, drafts, grown, type Opened, type Store } from "./bench.ts";

export function markingContract(stores: () => Promise<Store>): void {
  describe("marks, counts and receipts", () => {
    const bench = Bench.in(stores);
    const counted = async () => {
      const { unseen, unread } = await bench.counts("101");
      return [unseen, unread];
    };

    it("[P25] every notification counts as unseen and unread", async () => {
      await bench.append(...drafts("100", "101", 3), draft("101", "100", "own"));
      expect(await bench.counts("101")).toEqual({ unseen: 3, unread: 3, asOf: 4 });
    });

    it("[P23] seen is for ever, read implies it, unread takes read back and not seen", async () => {
      await bench.append(...drafts("100", "101", 3));
      await bench.mark("101", "seen", { seqs: [1] });
      expect(await counted()).toEqual([2, 3]);
      await bench.mark("101", "read", { seqs: [1, 2] });
      expect(await counted()).toEqual([1, 1]);
      await bench.mark("101", "unread", { seqs: [2, 3] });
      expect(await counted()).toEqual([1, 2]);
      expect((await bench.snapshot("101")).notifications).toMatchObject([
        { seq: 1, seen: true, read: true },
        { seq: 2, seen: true },
        { seq: 3 },
      ]);
      expect((await bench.snapshot("101")).notifications.map(({ read }) => read)).toEqual([true, undefined, undefined]);
    });

    it("[P23] a mark is an entry that names what it changed; what is so already adds none", async () => {
      await bench.append(...drafts("100", "101", 3));
      await bench.mark("101", "read", { seqs: [2] });
      const [own] = await bench.mark("101", "read", { seqs: [3, 2, 1, 3] });
      expect(own).toMatchObject({ uid: "101", entries: [{ kind: "mark", mark: "read", target: { seqs: [3, 1] } }] });
      expect(await bench.mark("101", "read", { seqs: [1, 2, 3] })).toEqual([]);
      expect(await bench.mark("101", "seen", { upTo: 3 })).toEqual([]);
    });

    it("[P23] what is no notification, not there, or somebody else's, is passed over", async () => {
      await bench.append(draft("101", "100", "own"), draft("100", "101", "d1"));
      expect(await bench.mark("101", "read", { seqs: [1, 0, 99] })).toEqual([]);
      expect(await bench.mark("nobody", "read", { upTo: 99 })).toEqual([]);
      expect(await counted()).toEqual([1, 1]);
    });

    it("[P23] all up to a seq does not touch what landed after it", async () => {
      await bench.append(...drafts("100", "101", 4));
      await bench.mark("101", "read", { upTo: 3 });
      expect(await bench.counts("101")).toEqual({ unseen: 1, unread: 1, asOf: 5 });
      expect((await bench.snapshot("101")).notifications.at(-1)).not.toHaveProperty("read");
    });

    it("[P24] authors learn seen and read, in order, once, and nothing of unread", async () => {
      await bench.append(...drafts("100", "101", 2));
      await bench.acknowledge("101", 2);
      expect(grown(await bench.mark("101", "seen", { upTo: 2 }))).toEqual([
        ["101", "mark 3"],
        ["100", "receipt 4"],
      ]);
      await bench.mark("101", "read", { seqs: [1] });
      expect(grown(await bench.mark("101", "unread", { seqs: [1] }))).toEqual([["101", "mark 5"]]);
      expect(grown(await bench.mark("101", "read", { seqs: [1] }))).toEqual([["101", "mark 6"]]);
      const receipts = (await bench.log("100")).flatMap((entry) =>
        entry.kind === "receipt" ? [[entry.state, ...entry.ids]] : [],
      );
      expect(receipts).toEqual([
        ["delivered", "d1", "d2"],
        ["seen", "d1", "d2"],
        ["read", "d1"],
      ]);
      expect((await bench.snapshot("100")).sent.map(({ state }) => state)).toEqual(["read", "seen"]);
    });

    it("[P24] an acknowledgement after a mark takes no state back", async () => {
      await bench.append(draft("100", "101", "d1"));
      await bench.mark("101", "read", { seqs: [1] });
      expect(await bench.acknowledge("101", 2)).toEqual([]);
      expect((await bench.snapshot("100")).sent).toMatchObject([{ state: "read" }]);
    });

    it("[P24] withheld, a mark is the user's own affair", async () => {
      await bench.append(...drafts("100", "101", 2));
      await bench.acknowledge("101", 2);
      expect(grown(await bench.mark("101", "read", { upTo: 2 }, true))).toEqual([["101", "mark 3"]]);
      expect(await counted()).toEqual([0, 0]);
      expect((await bench.snapshot("100")).sent.map(({ state }) => state)).toEqual(["delivered", "delivered"]);
    });

    it("[P24] read again after unread, nobody has to be told", async () => {
      await bench.append(...drafts("100", "101", 2));
      await bench.mark("101", "read", { seqs: [1] }, true);
      await bench.mark("101", "unread", { upTo: 2 });
      expect(grown(await bench.mark("101", "read", { upTo: 2 }))).toEqual([
        ["101", "mark 5"],
        ["100", "receipt 3"],
      ]);
      await bench.mark("101", "unread", { upTo: 2 });
      expect(grown(await bench.mark("101", "read", { upTo: 2 }))).toEqual([["101", "mark 7"]]);
      expect((await bench.snapshot("100")).sent.map(({ state }) => state)).toEqual(["read", "read"]);
    });

    it("[P23] a long log is marked a stretch at a time, each with its own entry; what lands meanwhile stays as it is", async () => {
      await bench.append(...drafts("100", "101", 1_200));
      const marks: unknown[] = [];
      for (let rest: Marked["rest"] = { after: 0, upTo: 9_999 }; rest !== undefined;) {
        const step: Opened<Marked & Done> = await bench.markStep("101", "read", rest);
        await bench.append(draft("102", "101", `late-${marks.length}`));
        marks.push(step.marked, step.growth[0]?.entries[0]);
        ({ rest } = step);
      }
      expect(marks).toMatchObject([500, { target: { upTo: 500 } }, 500, { target: { upTo: 1_000 } }, 200, {}]);
      expect(await counted()).toEqual([3, 3]);
    });

    it("[P10] a notification is read from the log as it stands now", async () => {
      await bench.append(draft("100", "101", "d1"));
      await bench.mark("101", "read", { seqs: [1] });
      expect(await bench.log("101")).toMatchObject([
        { kind: "notification", seen: true, read: true },
        { kind: "mark" },
      ]);
    });
  });
}
