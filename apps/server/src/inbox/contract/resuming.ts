import { limits } from "@carillon/protocol";
import { describe, expect, it } from "vitest";
import { AT, Bench, draft, drafts, type Store } from "./bench.ts";

export function resumingContract(stores: () => Promise<Store>): void {
  describe("receipts of delivery, and resuming", () => {
    const bench = Bench.in(stores);

    it("[P14] an acknowledgement gives each author one receipt with the ids, and gives it once", async () => {
      await bench.append(
        draft("100", "101", "a1"),
        draft("102", "101", "b1"),
        draft("100", "101", "a2"),
        draft("100", "101", "a3"),
      );
      const growth = await bench.acknowledge("101", 3);
      const delivered = { kind: "receipt", state: "delivered", to: "101", at: AT };
      expect(growth.map(({ uid, entries }) => [uid, entries])).toEqual([
        ["100", [{ ...delivered, seq: 4, ids: ["a1", "a2"] }]],
        ["102", [{ ...delivered, seq: 2, ids: ["b1"] }]],
      ]);
      expect(await bench.acknowledge("101", 3)).toEqual([]);
      expect(await bench.acknowledge("101", 2)).toEqual([]);
      expect((await bench.log("100")).map(({ kind }) => kind)).toEqual(["sent", "sent", "sent", "receipt"]);
    });

    it("[P14] [P24] what several users have is told once of each draft, and whose it was where it was one user's", async () => {
      await bench.append(draft("100", "101", "a1"), draft("100", "102", "a2"), draft("103", "102", "b1"));
      const reached = [
        { uid: "101", seq: 1 },
        { uid: "102", seq: 2 },
        { uid: "nobody", seq: 7 },
      ];
      expect(await bench.change({ op: "acknowledge", reached, at: AT })).toMatchObject({ notifications: 3 });
      const recipients = { a1: "101", a2: "102", b1: "102" };
      for (const [author, ids] of [
        ["100", ["a1", "a2"]],
        ["103", ["b1"]],
      ] as const) {
        const told = (await bench.log(author)).filter((entry) => entry.kind === "receipt");
        expect(told.flatMap((receipt) => receipt.ids).toSorted()).toEqual(ids);
        for (const { to, ids: some } of told)
          expect(to).toBe(some.length === 1 ? recipients[some[0] as keyof typeof recipients] : undefined);
      }
      for (const { uid, seq } of reached.slice(0, 2))
        expect((await bench.inbox.open(uid, { from: "acked" })).position.seq).toBe(seq);
    });

    it("[P14] an acknowledgement beyond the head says no more than the head", async () => {
      await bench.append(draft("100", "101", "a1"));
      await bench.acknowledge("101", 1_000);
      await bench.append(draft("100", "101", "a2"));
      expect((await bench.inbox.open("101", { from: "acked" })).position.seq).toBe(1);
    });

    it("[P14] of a user without a log nothing is acknowledged", async () => {
      expect(await bench.acknowledge("nobody", 5)).toEqual([]);
      expect((await bench.inbox.open("nobody", { from: "snapshot" })).head).toBe(0);
    });

    it("[P24] one receipt has at most 100 ids", async () => {
      await bench.append(...drafts("100", "101", 250));
      const [growth] = await bench.acknowledge("101", 250);
      expect(growth?.entries.map((entry) => entry.kind === "receipt" && entry.ids.length)).toEqual([100, 100, 50]);
    });

    it("[P8] a position of this epoch within the log stands as it is, without a snapshot", async () => {
      await bench.append(...drafts("100", "101", 2));
      const { position } = await bench.inbox.open("101", { from: "snapshot" });
      await bench.append(draft("100", "101", "d3"));
      await bench.reopen();
      const standing = await bench.inbox.open("101", { from: "position", position });
      expect(standing).toEqual({ position, head: 3, counts: { unseen: 3, unread: 3, asOf: 3 } });
    });

    it("[P8] another epoch, a seq after the head, and more than the recovery cap each give a snapshot", async () => {
      const { epoch } = (await bench.inbox.open("101", { from: "snapshot" })).position;
      await bench.append(...drafts("100", "101", limits.recoveryEntries + 1));
      const open = (seq: number, of = epoch) =>
        bench.inbox.open("101", { from: "position", position: { epoch: of, seq } });
      expect((await open(5, "another")).snapshot).toBeDefined();
      expect((await open(limits.recoveryEntries + 2)).snapshot).toBeDefined();
      expect((await open(0)).snapshot).toBeDefined();
      expect((await open(1)).snapshot).toBeUndefined();
    });

    it("[P8] a snapshot holds the newest of each kind, oldest first, with states and what is acknowledged", async () => {
      const many = limits.snapshotItems + 3;
      await bench.append(...drafts("100", "101", many));
      await bench.append(draft("101", "100", "r1"), draft("101", "102", "r2"));
      await bench.acknowledge("100", many + 1);
      const { position, snapshot } = await bench.inbox.open("101", { from: "snapshot" });
      const newest = Array.from({ length: limits.snapshotItems }, (_, n) => n + 4);
      expect(snapshot?.notifications.map(({ seq }) => seq)).toEqual(newest);
      expect(snapshot?.sent.map(({ id, to, state }) => [id, to, state])).toEqual([
        ["r1", "100", "delivered"],
        ["r2", "102", "stored"],
      ]);
      expect([snapshot?.acked, position.seq]).toEqual([0, many + 3]);
    });

    it("[T6] what nobody has acknowledged can be asked for", async () => {
      await bench.append(...drafts("100", "101", 2));
      await bench.acknowledge("101", 1);
      expect(await bench.inbox.open("101", { from: "acked" })).toMatchObject({ position: { seq: 1 }, head: 2 });
    });

    it("[P8] a log is read from any place, and is empty at its head", async () => {
      await bench.append(...drafts("100", "101", 7));
      const read = async (after: number) => (await bench.inbox.read("101", after, 3)).entries.map(({ seq }) => seq);
      expect(await read(2)).toEqual([3, 4, 5]);
      expect(await read(7)).toEqual([]);
      expect((await bench.inbox.read("nobody", 0, 3)).entries).toEqual([]);
    });
  });
}
