import { limits, type MuteTarget } from "@carillon/protocol";
import { describe, expect, it } from "vitest";
import { AT, Bench, draft, grown, type Store } from "./bench.ts";

export function mutingContract(stores: () => Promise<Store>): void {
  describe("what is muted, and what is attended", () => {
    const bench = Bench.in(stores);
    const mute = (target: MuteTarget, muted = true, uid = "101") =>
      bench.change({ op: "mute", uid, target, muted, at: AT });
    const growthOf = (outcome: Awaited<ReturnType<typeof mute>>) => ("growth" in outcome ? outcome.growth : []);
    const flags = async () => (await bench.snapshot("101")).notifications.map(({ id, muted }) => [id, muted] as const);

    it("[P54] by its thread or its author, from then on, and for good", async () => {
      await bench.append(draft("100", "101", "before", { thread: "t" }));
      await mute({ thread: "t" });
      await mute({ from: "102" });
      await bench.append(
        draft("100", "101", "in-thread", { thread: "t" }),
        draft("100", "101", "elsewhere", { thread: "u" }),
        draft("102", "101", "by-author"),
        draft("100", "101", "without-thread"),
      );
      await mute({ thread: "t" }, false);
      await bench.append(draft("100", "101", "after", { thread: "t" }));
      expect(await flags()).toEqual([
        ["before", undefined],
        ["in-thread", true],
        ["elsewhere", undefined],
        ["by-author", true],
        ["without-thread", undefined],
        ["after", undefined],
      ]);
      expect(await bench.counts("101")).toMatchObject({ unseen: 4, unread: 4 });
    });

    it("[P54] is in neither count, whatever is marked, put off or taken back", async () => {
      await mute({ from: "100" });
      await bench.append(draft("100", "101", "d1"), draft("100", "101", "d2"), draft("102", "101", "counts"));
      const none = async () => expect(await bench.counts("101")).toMatchObject({ unseen: 1, unread: 1 });
      await none();
      for (const mark of ["seen", "read", "unread", "archived", "unarchived"] as const) {
        await bench.mark("101", mark, { seqs: [2, 3] });
        await none();
      }
      await bench.change({ op: "snooze", uid: "101", seqs: [2], until: AT + 1, at: AT });
      await none();
      await bench.change({ op: "lapse", at: AT + 1 });
      await none();
      expect((await bench.log("101")).at(-1)).toMatchObject({ id: "d1", muted: true, wokenFrom: { seq: 2 } });
      await bench.change({ op: "retract", from: "100", id: "d2", at: AT });
      await none();
    });

    it("[P54] its author learns what any other would", async () => {
      await mute({ from: "100" });
      await bench.append(draft("100", "101", "d1"));
      await bench.acknowledge("101", 2);
      await bench.mark("101", "read", { seqs: [2] });
      expect((await bench.log("100")).map((entry) => (entry.kind === "receipt" ? entry.state : entry.kind))).toEqual([
        "sent",
        "delivered",
        "read",
      ]);
      expect(JSON.stringify(await bench.log("100"))).not.toContain("mute");
    });

    it("[P54] is an entry, and so once; a thread and an author of one name are two", async () => {
      const [grew] = growthOf(await mute({ thread: "x" }));
      expect(grew?.entries).toEqual([{ kind: "mute", seq: 1, at: AT, target: { thread: "x" }, muted: true }]);
      expect(await mute({ thread: "x" })).toEqual({ outcome: "done", growth: [] });
      expect(await mute({ from: "x" }, false)).toEqual({ outcome: "done", growth: [] });
      expect(grown(growthOf(await mute({ from: "x" })))).toEqual([["101", "mute 2"]]);
      await bench.append(draft("x", "101", "d1"), draft("100", "102", "d2", { thread: "x" }));
      expect(await flags()).toEqual([["d1", true]]);
      expect((await bench.snapshot("102")).notifications[0]).not.toHaveProperty("muted");
    });

    it("[P54] stands in every snapshot, in order, also after a restart and when the entries are given up", async () => {
      await mute({ thread: "b" });
      await mute({ from: "a" });
      await mute({ thread: "c" });
      await mute({ thread: "b" }, false);
      await mute({ thread: "b" });
      const mutes = [{ from: "a" }, { thread: "c" }, { thread: "b" }];
      expect((await bench.snapshot("101")).mutes).toEqual(mutes);
      await bench.reopen();
      await bench.change({ op: "expire", after: "", before: AT + 1, at: AT + 1 });
      expect((await bench.snapshot("101")).mutes).toEqual(mutes);
      expect((await bench.snapshot("102")).mutes).toEqual([]);
    });

    it("[P54] at most so many; one less makes room", async () => {
      for (let n = 0; n < limits.mutes; n++) await mute({ thread: `t${n}` });
      expect(await mute({ from: "100" })).toEqual({ outcome: "tooManyMutes" });
      expect(await mute({ thread: "t0" })).toMatchObject({ outcome: "done" });
      await mute({ thread: "t0" }, false);
      expect(await mute({ from: "100" })).toMatchObject({ outcome: "done" });
      expect(await mute({ from: "100" }, true, "102")).toMatchObject({ outcome: "done" });
    });

    it("[P56] what was attended when it came says so; a resend is the same, attended or not", async () => {
      await bench.append(draft("100", "101", "d1", { thread: "t", attended: true }), draft("100", "101", "d2"));
      expect(await bench.log("101")).toMatchObject([{ id: "d1", attended: true }, { id: "d2" }]);
      expect((await bench.log("101"))[1]).not.toHaveProperty("attended");
      expect(await bench.counts("101")).toMatchObject({ unseen: 2, unread: 2 });
      expect((await bench.append(draft("100", "101", "d1", { thread: "t" })))[0]?.outcome).toBe("duplicate");
      expect(JSON.stringify(await bench.log("100"))).not.toContain("attended");
    });
  });
}
