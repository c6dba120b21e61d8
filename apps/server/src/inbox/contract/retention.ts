import { describe, expect, it } from "vitest";
import type { Change, OutcomeOf } from "../../hub/ports.ts";
import { AT, Bench, draft, drafts, grown, type Opened, type Store } from "./bench.ts";

export function retentionContract(stores: () => Promise<Store>): void {
  describe("retention", () => {
    const bench = Bench.in(stores);
    const DAY = 86_400_000;

    it("[P28] a log that grows beyond its bound gives up its oldest end, and says so", async () => {
      await bench.reopen({ mostEntries: 10 });
      await bench.append(...drafts("100", "101", 11));
      expect((await bench.log("101")).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      const [last] = await bench.append(draft("100", "101", "d12"));
      expect(last?.outcome === "stored" && grown(last.growth)).toEqual([
        ["101", "notification 12", "trim 13"],
        ["100", "sent 12", "trim 13"],
      ]);
      const log = await bench.log("101");
      expect(log.map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
      expect(log.at(-1)).toEqual({ kind: "trim", seq: 13, at: AT, upTo: 2 });
      expect(await bench.counts("101")).toEqual({ unseen: 10, unread: 10, asOf: 13 });
    });

    it("[P8] [P28] a position before what was given up gets a snapshot, one at it resumes", async () => {
      const { epoch } = (await bench.inbox.open("101", { from: "snapshot" })).position;
      await bench.reopen({ mostEntries: 10 });
      await bench.append(...drafts("100", "101", 12));
      const open = (seq: number) => bench.inbox.open("101", { from: "position", position: { epoch, seq } });
      expect((await open(1)).snapshot).toBeDefined();
      expect((await open(2)).snapshot).toBeUndefined();
      expect((await bench.inbox.open("101", { from: "acked" })).position.seq).toBe(2);
    });

    it("[P39] [P28] an application's log has a bound of its own, so that what it sent is not soon forgotten", async () => {
      await bench.reopen({ mostEntries: 10, mostApplicationEntries: 20 });
      await bench.append(...drafts("app:shop", "101", 22));
      expect(await bench.log("app:shop")).toHaveLength(22);
      expect((await bench.log("101")).at(-1)?.kind).toBe("trim");
      await bench.append(draft("app:shop", "101", "d23"));
      expect((await bench.log("app:shop")).at(-1)).toMatchObject({ kind: "trim", upTo: 3 });
    });

    it("[P12] a draft is forgotten with the author's entry; its receipts then concern nobody", async () => {
      await bench.reopen({ mostEntries: 10 });
      await bench.append(...drafts("100", "101", 12));
      expect(await bench.append(draft("100", "999", "d1"))).toMatchObject([{ outcome: "stored" }]);
      expect(await bench.append(draft("100", "101", "d5"))).toMatchObject([{ outcome: "duplicate" }]);
      const growth = await bench.acknowledge("101", 5);
      expect(growth.flatMap(({ entries }) => entries)).toContainEqual(expect.objectContaining({ ids: ["d5"] }));
      expect(JSON.stringify(growth)).not.toContain('"d4"');
    });

    it("[P26] what the recipient's log has given up can be retracted from the author's", async () => {
      await bench.append(draft("100", "101", "mine"));
      await bench.reopen({ mostEntries: 10 });
      await bench.append(...drafts("102", "101", 12));
      expect(await bench.change({ op: "retract", from: "100", id: "mine", at: AT })).toMatchObject({
        outcome: "done",
        growth: [{ uid: "100", entries: [{ kind: "retraction" }] }],
      });
      expect((await bench.log("101")).map(({ kind }) => kind)).not.toContain("retraction");
    });

    it("[P28] what is older than the bound is given up, in every log, some users at a time", async () => {
      const old = Array.from({ length: 250 }, (_, n) => draft("100", `user${n}`, `d${n}`, { at: AT - DAY }));
      await bench.append(...old, draft("100", "user7", "young", { at: AT }));
      let after: string | undefined = "";
      let rounds = 0;
      const expired = new Set<string>();
      while (after !== undefined) {
        const outcome: Expired = await bench.change({ op: "expire", after, before: AT - DAY / 2, at: AT });
        for (const { uid } of outcome.growth) expired.add(uid);
        after = outcome.next;
        rounds++;
      }
      expect([expired.size, rounds]).toEqual([251, 2]);
      expect((await bench.log("user7")).map(({ kind, seq }) => [kind, seq])).toEqual([
        ["notification", 2],
        ["trim", 3],
      ]);
      expect(await bench.counts("user8")).toEqual({ unseen: 0, unread: 0, asOf: 2 });
    });
  });
}

type Expired = Opened<OutcomeOf<Extract<Change, { op: "expire" }>>>;
