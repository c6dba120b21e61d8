import { describe, expect, it } from "vitest";
import { InboxUnavailable } from "../../hub/ports.ts";
import { AT, Bench, draft, drafts, grown, growthOf, type Store } from "./bench.ts";

export function sendingContract(stores: () => Promise<Store>): void {
  describe("sending", () => {
    const bench = Bench.in(stores);

    it("[P10] a draft becomes a notification in the recipient's log and a sent entry in the author's", async () => {
      const [first] = await bench.append(draft("100", "101", "d1", { text: "Agreed.", thread: "t" }));
      const content = { id: "d1", text: "Agreed.", thread: "t", at: AT };
      const notification = { kind: "notification", seq: 1, from: "100", ...content };
      const sent = { kind: "sent", seq: 1, to: "101", ...content, state: "stored" };
      expect(first).toEqual({
        outcome: "stored",
        seq: 1,
        at: AT,
        growth: [
          growthOf("101", [notification], { unseen: 1, unread: 1, asOf: 1 }),
          growthOf("100", [sent], { unseen: 0, unread: 0, asOf: 1 }),
        ],
      });
      expect(await bench.log("101")).toEqual([notification]);
      expect(await bench.log("100")).toEqual([sent]);
    });

    it("[P7] a log's seq rises by exactly one, whatever the batch", async () => {
      await bench.append(...drafts("100", "101", 3));
      await Promise.all([
        bench.append(draft("102", "101", "b1")),
        bench.append(draft("103", "101", "c1"), draft("100", "101", "d4")),
      ]);
      expect((await bench.log("101")).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it("[P13] who writes to oneself finds both entries in one log, and one growth", async () => {
      const [own] = await bench.append(draft("100", "100", "d1"));
      expect(own).toMatchObject({ outcome: "stored", seq: 2 });
      expect(own?.outcome === "stored" && grown(own.growth)).toEqual([["100", "notification 1", "sent 2"]]);
    });

    it("[P12] the same id and body gets the first result, another body is a conflict, and neither adds an entry", async () => {
      await bench.append(draft("100", "101", "d1", { text: "one" }));
      const again = await bench.append(
        draft("100", "101", "d1", { text: "one", at: AT + 5_000 }),
        draft("100", "101", "d1", { text: "two" }),
        draft("100", "102", "d1", { text: "one" }),
        draft("100", "101", "d1", { text: "one", thread: "t" }),
      );
      const conflict = { outcome: "conflict" };
      expect(again).toEqual([{ outcome: "duplicate", seq: 1, at: AT }, conflict, conflict, conflict]);
      expect(await bench.log("101")).toHaveLength(1);
      expect(await bench.log("102")).toHaveLength(0);
    });

    it("[P12] the same id twice in one batch is stored once; the same id of another author is another draft", async () => {
      const results = await bench.append(
        draft("100", "101", "d1"),
        draft("100", "101", "d1"),
        draft("102", "101", "d1"),
      );
      expect(results.map(({ outcome }) => outcome)).toEqual(["stored", "duplicate", "stored"]);
      expect(await bench.log("101")).toHaveLength(2);
    });

    it("[P12] a draft is still known after a restart", async () => {
      await bench.append(draft("100", "101", "d1"));
      await bench.reopen();
      expect(await bench.append(draft("100", "101", "d1"))).toEqual([{ outcome: "duplicate", seq: 1, at: AT }]);
    });

    it("[P5] uids and texts that look alike, or like something else, are kept apart byte for byte", async () => {
      const texts = ["👩‍👩‍👧‍👦", "\u202Eabc", "a\u200Bb", "é", "e\u0301", "<img src=x onerror=alert(1)>", "\ttab\r\nline\n"];
      const textOf = (n: number) => texts[n % texts.length] ?? "";
      await bench.append(...ALIKE.map((uid, n) => draft("100", uid, `d${n}`, { text: textOf(n) })));
      for (const [n, uid] of ALIKE.entries()) {
        expect(await bench.log(uid), uid).toMatchObject([{ seq: 1, id: `d${n}`, text: textOf(n) }]);
      }
    });

    it("[P11] once it closes it takes nothing any more, and says so as when it cannot serve", async () => {
      const { inbox } = bench;
      await bench.reopen();
      await expect(inbox.commit([draft("100", "101", "late")])).rejects.toThrow(InboxUnavailable);
      await expect(inbox.read("101", 0, 1)).rejects.toThrow(InboxUnavailable);
      expect(await bench.log("101")).toEqual([]);
    });

    it("finishes what was accepted before it closes", async () => {
      const appending = Promise.all(drafts("100", "101", 50).map((each) => bench.append(each)));
      await bench.reopen();
      const outcomes = (await appending).flat().map(({ outcome }) => outcome);
      expect(outcomes).toEqual(Array.from({ length: 50 }, () => "stored"));
      expect(await bench.log("101")).toHaveLength(50);
    });
  });
}

const ALIKE = ["é", "e\u0301", "É", "1", "01", "1 ", "a:b", "{a}", "%", "_", "'; DROP TABLE entry; --", "../x", "*"];
