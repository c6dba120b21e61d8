import { describe, expect, it } from "vitest";
import { AT, Bench, draft, drafts, grown, growthOf, type Store } from "./bench.ts";

export function snoozingContract(stores: () => Promise<Store>): void {
  describe("what is put off", () => {
    const bench = Bench.in(stores);
    const LATER = AT + 60_000;
    const snooze = async (seqs: number[], until?: number) =>
      (await bench.change({ op: "snooze", uid: "101", seqs, until, at: AT })).growth;
    const lapse = (at: number) => bench.change({ op: "lapse", at });
    const counted = async () => {
      const { unseen, unread } = await bench.counts("101");
      return [unseen, unread];
    };

    it("[P53] is in neither count, and says until when", async () => {
      await bench.append(...drafts("100", "101", 3));
      const [own] = await snooze([2, 3, 2, 99], LATER);
      expect(own?.entries).toEqual([{ kind: "snooze", seq: 4, at: AT, seqs: [2, 3], until: LATER }]);
      expect(own?.counts).toEqual({ unseen: 1, unread: 1, asOf: 4 });
      const now = (await bench.snapshot("101")).notifications;
      expect(now.map(({ snoozedUntil }) => snoozedUntil)).toEqual([undefined, LATER, LATER]);
    });

    it("[P53] is so once; another time takes the place of the first; without one it is as it was", async () => {
      await bench.append(...drafts("100", "101", 2));
      await bench.mark("101", "read", { seqs: [1] });
      await snooze([1, 2], LATER);
      expect(await snooze([1, 2], LATER)).toEqual([]);
      expect(grown(await snooze([1], LATER + 5))).toEqual([["101", "snooze 5"]]);
      expect((await lapse(AT)).next).toBe(LATER);
      expect(grown(await snooze([1, 2]))).toEqual([["101", "snooze 6"]]);
      expect(await snooze([1, 2])).toEqual([]);
      expect(await counted()).toEqual([1, 1]);
      expect(await lapse(LATER + 5)).toEqual({ outcome: "done", growth: [], next: undefined });
      expect((await bench.log("101"))[0]).toMatchObject({ seq: 1, read: true });
      expect((await bench.log("101"))[0]).not.toHaveProperty("snoozedUntil");
    });

    it("[P53] comes again when its time has come, and not before: at the end, unseen, unread, not archived", async () => {
      await bench.append(
        draft("100", "101", "d1", { thread: "t", data: { a: 1 }, at: AT - 5 }),
        draft("100", "101", "d2"),
      );
      await snooze([1], LATER);
      await bench.mark("101", "read", { upTo: 2 });
      await bench.mark("101", "archived", { upTo: 2 });
      expect(await counted()).toEqual([0, 0]);
      expect(await lapse(LATER - 1)).toEqual({ outcome: "done", growth: [], next: LATER });
      const { growth, next } = await lapse(LATER);
      const again = {
        kind: "notification",
        seq: 6,
        id: "d1",
        from: "100",
        text: "text of d1",
        thread: "t",
        data: { a: 1 },
      };
      const entry = { ...again, at: LATER, wokenFrom: { seq: 1, at: AT - 5 } };
      expect(growth).toEqual([growthOf("101", [entry], { unseen: 1, unread: 1, asOf: 6 })]);
      expect(next).toBeUndefined();
      expect((await bench.log("101")).at(-1)).toEqual(entry);
      expect((await bench.log("101"))[0]).toEqual({
        kind: "notification",
        seq: 1,
        at: AT - 5,
        id: "d1",
        from: "100",
        text: "",
        wokenAs: 6,
        ...flagsThatMayStay((await bench.log("101"))[0]),
      });
      expect((await bench.snapshot("101")).notifications.map(({ seq }) => seq)).toEqual([2, 6]);
      expect((await bench.inbox.page("101", "notification", 6, 9)).items.map(({ seq }) => seq)).toEqual([2]);
      expect((await bench.inbox.page("101", "archived", 9, 9)).items.map(({ seq }) => seq)).toEqual([2]);
    });

    it("[P53] is still the same notification: marked, edited, put off again, and taken back where it stands now", async () => {
      await bench.append(draft("100", "101", "d1"));
      await snooze([1], LATER);
      await bench.change({ op: "edit", from: "100", id: "d1", text: "better", at: AT });
      await lapse(LATER);
      expect((await bench.log("101")).at(-1)).toMatchObject({ seq: 4, text: "better", edited: true });
      expect(await bench.mark("101", "read", { seqs: [1] })).toEqual([]);
      expect(await snooze([1], LATER + 1)).toEqual([]);
      await bench.mark("101", "seen", { seqs: [4] });
      expect(await counted()).toEqual([0, 1]);
      await snooze([4], LATER + 2);
      await lapse(LATER + 2);
      expect((await bench.log("101")).at(-1)).toMatchObject({ seq: 7, wokenFrom: { seq: 4, at: AT } });
      expect((await bench.log("101"))[3]).toMatchObject({
        seq: 4,
        text: "",
        wokenAs: 7,
        wokenFrom: { seq: 1, at: AT },
      });
      await bench.change({ op: "edit", from: "100", id: "d1", text: "best", at: AT });
      expect((await bench.log("101"))[6]).toMatchObject({ seq: 7, text: "best" });
      await bench.change({ op: "retract", from: "100", id: "d1", at: AT });
      expect(JSON.stringify(await bench.log("101"))).not.toMatch(/better|best|text of/u);
      expect(await counted()).toEqual([0, 0]);
    });

    it("[P53] keeps its receipts, and says nothing of the putting off", async () => {
      await bench.append(draft("100", "101", "d1"));
      await bench.mark("101", "read", { seqs: [1] });
      const before = await bench.log("100");
      await snooze([1], LATER);
      await lapse(LATER);
      await bench.acknowledge("101", 4);
      await bench.mark("101", "seen", { seqs: [4] });
      await bench.mark("101", "read", { seqs: [4] });
      expect(await bench.log("100")).toEqual(before);
    });

    it("[P53] [P26] taken back meanwhile, it does not come again, and was not counted", async () => {
      await bench.append(...drafts("100", "101", 2));
      await snooze([1], LATER);
      await bench.change({ op: "retract", from: "100", id: "d1", at: AT });
      expect(await counted()).toEqual([1, 1]);
      expect((await bench.log("101"))[0]).not.toHaveProperty("snoozedUntil");
      expect(await lapse(LATER)).toEqual({ outcome: "done", growth: [], next: undefined });
    });

    it("[P53] [P38] ends with its time to live, also where it stands now", async () => {
      await bench.append(draft("100", "101", "d1", { ttl: 120 }), draft("100", "101", "d2", { ttl: 30 }));
      await snooze([1, 2], LATER);
      const { growth, next } = await lapse(LATER);
      expect(grown(growth)).toEqual([
        ["101", "retraction 4", "notification 5"],
        ["100", "retraction 3"],
      ]);
      expect(next).toBe(AT + 120_000);
      expect(grown((await lapse(AT + 120_000)).growth)).toEqual([
        ["101", "retraction 6"],
        ["100", "retraction 4"],
      ]);
      expect(await counted()).toEqual([0, 0]);
    });

    it("[P53] the time is kept over a restart", async () => {
      await bench.append(draft("100", "101", "d1"));
      await snooze([1], LATER);
      await bench.reopen();
      expect(grown((await lapse(LATER)).growth)).toEqual([["101", "notification 3"]]);
    });

    it("[P53] [P28] what its log has given up does not come again; who comes again is given up by when it came", async () => {
      await bench.append(draft("100", "101", "old"));
      await snooze([1], LATER);
      await bench.reopen({ mostEntries: 10 });
      await bench.append(...drafts("102", "101", 12));
      expect((await lapse(LATER)).growth).toEqual([]);
      await bench.append(draft("100", "101", "late", { at: LATER }));
      const late = (await bench.log("101")).findLast(({ kind }) => kind === "notification");
      await snooze([late?.seq ?? 0], LATER + 1);
      await lapse(LATER + 1);
      await bench.change({ op: "expire", after: "", before: LATER + 1, at: LATER + 2 });
      expect((await bench.log("101")).map(({ kind }) => kind)).toEqual(["notification", "trim", "trim"]);
    });

    it("[P53] some at a time, until none is due", async () => {
      await bench.append(...drafts("100", "101", 450));
      for (let first = 1; first <= 450; first += 150)
        await snooze(
          Array.from({ length: 150 }, (_, n) => first + n),
          LATER,
        );
      const rounds: number[] = [];
      for (let next: number | undefined = AT; next !== undefined;) {
        const outcome: Awaited<ReturnType<typeof lapse>> = await lapse(LATER);
        rounds.push(outcome.growth[0]?.entries.length ?? 0);
        next = outcome.next;
      }
      expect(rounds).toEqual([200, 200, 50]);
      expect(await counted()).toEqual([450, 450]);
    });
  });
}

/** What stood of the old place when it was left says nothing to anybody. */
function flagsThatMayStay(entry: unknown): object {
  const { seen, read, archived } = entry as { seen?: true; read?: true; archived?: true };
  return { ...(seen && { seen }), ...(read && { read }), ...(archived && { archived }) };
}
