import { describe, expect, it } from "vitest";
import { AT, Bench, draft, drafts, grown, type Store } from "./bench.ts";

export function lapsingContract(stores: () => Promise<Store>): void {
  describe("what is for the page, and time to live", () => {
    const bench = Bench.in(stores);
    const lapse = (at: number) => bench.change({ op: "lapse", at });
    const forPage = { url: "/builds/17", data: { build: 17, by: ["a"] }, priority: "high" } as const;

    it("[P10] the recipient's log has what is for the page, the author's copy has not", async () => {
      await bench.append(draft("100", "101", "d1", { ...forPage, ttl: 60 }));
      expect(await bench.log("101")).toMatchObject([{ ...forPage, expiresAt: AT + 60_000 }]);
      expect(Object.keys((await bench.log("100"))[0] ?? {})).toEqual([
        "kind",
        "seq",
        "at",
        "to",
        "id",
        "text",
        "state",
      ]);
      expect((await bench.snapshot("101")).notifications).toMatchObject([{ ...forPage, expiresAt: AT + 60_000 }]);
    });

    it("[P12] url, data, priority and ttl belong to the body; the order of keys in data does not", async () => {
      const first = draft("100", "101", "d1", { ...forPage, data: { a: 1, b: { c: 2, d: 3 } }, ttl: 60 });
      await bench.append(first);
      const outcome = async (more: object) => (await bench.append({ ...first, ...more }))[0]?.outcome;
      expect(await outcome({ at: AT + 5_000 })).toBe("duplicate");
      expect(await outcome({ data: { b: { d: 3, c: 2 }, a: 1 } })).toBe("duplicate");
      for (const more of [
        { url: "/builds/18" },
        { url: undefined },
        { data: { a: 1, b: { c: 2, d: 4 } } },
        { priority: "low" as const },
        { ttl: 61 },
      ])
        expect(await outcome(more), JSON.stringify(more)).toBe("conflict");
      expect(await bench.log("101")).toHaveLength(1);
    });

    it("[P26] a retraction takes url and data away too, from every place", async () => {
      await bench.append(draft("100", "101", "d1", { url: "/secret", data: { secret: true } }));
      await bench.change({ op: "retract", from: "100", id: "d1", at: AT });
      expect(JSON.stringify([await bench.log("101"), await bench.log("100")])).not.toContain("secret");
    });

    it("[P38] at the end of its time a notification is retracted in both logs, and not before", async () => {
      await bench.append(draft("100", "101", "d1", { ttl: 60 }), draft("100", "101", "d2", { ttl: 90 }));
      expect(await lapse(AT + 59_999)).toEqual({ outcome: "done", growth: [], next: AT + 60_000 });
      const { growth, next } = await lapse(AT + 60_000);
      expect(grown(growth)).toEqual([
        ["101", "retraction 3"],
        ["100", "retraction 3"],
      ]);
      expect(next).toBe(AT + 90_000);
      expect(await bench.counts("101")).toEqual({ unseen: 1, unread: 1, asOf: 3 });
      expect((await bench.log("101")).at(-1)).toMatchObject({ kind: "retraction", from: "100", to: "101", id: "d1" });
      expect((await lapse(AT + 90_000)).next).toBeUndefined();
      expect(await lapse(AT + 99_000)).toEqual({ outcome: "done", growth: [], next: undefined });
    });

    it("[P38] the time is kept over a restart", async () => {
      await bench.append(draft("100", "101", "d1", { ttl: 60 }));
      await bench.reopen();
      expect(grown((await lapse(AT + 60_000)).growth)).toHaveLength(2);
    });

    it("[P38] what its author took back before is not taken back again", async () => {
      await bench.append(draft("100", "101", "d1", { ttl: 60 }));
      await bench.change({ op: "retract", from: "100", id: "d1", at: AT });
      expect(await lapse(AT + 60_000)).toEqual({ outcome: "done", growth: [], next: undefined });
    });

    it("[P38] some at a time, the earliest first, until none is due", async () => {
      await bench.append(...drafts("100", "101", 450).map((each, n) => ({ ...each, ttl: n < 430 ? 60 : 600 })));
      const rounds: number[] = [];
      for (let next: number | undefined = AT; next !== undefined && next <= AT + 60_000;) {
        const outcome: Awaited<ReturnType<typeof lapse>> = await lapse(AT + 60_000);
        rounds.push(outcome.growth.find(({ uid }) => uid === "101")?.entries.length ?? 0);
        next = outcome.next;
      }
      expect(rounds).toEqual([200, 200, 30]);
      expect(await bench.counts("101")).toMatchObject({ unseen: 20 });
    });

    it("[P38] [P28] where the author's log has given the draft up, the recipient's says so alone", async () => {
      await bench.append(draft("100", "101", "mine", { ttl: 60, data: { secret: 1 } }));
      await bench.reopen({ mostEntries: 10 });
      await bench.append(...drafts("100", "102", 12));
      await bench.append(draft("100", "103", "mine")); // The id was free again.
      const { growth } = await lapse(AT + 60_000);
      expect(grown(growth)).toEqual([["101", "retraction 2"]]);
      expect(JSON.stringify(await bench.log("101"))).not.toContain("secret");
      expect(await bench.log("103")).toMatchObject([{ kind: "notification", text: "text of mine" }]);
    });

    it("[P38] [P28] what its recipient's log has given up is no longer there to end", async () => {
      await bench.append(draft("100", "101", "mine", { ttl: 60 }));
      await bench.reopen({ mostEntries: 10 });
      await bench.append(...drafts("102", "101", 12));
      expect((await lapse(AT + 60_000)).growth).toEqual([]);
    });
  });
}
