import { describe, expect, it } from "vitest";
import { AT, Bench, draft, type Store } from "./bench.ts";

export function quietingContract(stores: () => Promise<Store>): void {
  describe("how quiet it is to be", () => {
    const bench = Bench.in(stores);
    const quiet = async (until: number | undefined, at = AT) =>
      (await bench.change({ op: "quiet", uid: "101", until, at })).growth[0]?.entries;
    const shown = async () => (await bench.snapshot("101")).quiet;

    it("[P55] is an entry, and stands in every snapshot, also after a restart and when entries are given up", async () => {
      await bench.append(draft("100", "101", "d1"));
      const time = { since: 2, until: AT + 60_000 };
      expect(await quiet(AT + 60_000)).toEqual([{ kind: "quiet", seq: 2, at: AT, quiet: time }]);
      expect(await shown()).toEqual(time);
      await bench.reopen();
      await bench.change({ op: "expire", after: "", before: AT + 1, at: AT + 1 });
      expect(await shown()).toEqual(time);
    });

    it("[P55] goes on from where it began while it holds; once it is over, it begins anew", async () => {
      await quiet(AT + 10);
      await quiet(AT + 20, AT + 9);
      expect(await shown()).toEqual({ since: 1, until: AT + 20 });
      await quiet(AT + 40, AT + 20);
      expect(await shown()).toEqual({ since: 3, until: AT + 40 });
    });

    it("[P55] ends without a time, and it stands when; what is so already adds no entry", async () => {
      expect(await quiet(undefined)).toBeUndefined();
      expect(await shown()).toBeUndefined();
      await quiet(AT + 10);
      expect(await quiet(AT + 10, AT + 5)).toBeUndefined();
      const ended = { since: 1, until: AT + 6, over: true };
      expect(await quiet(undefined, AT + 6)).toEqual([{ kind: "quiet", seq: 2, at: AT + 6, quiet: ended }]);
      expect(await quiet(undefined, AT + 7)).toBeUndefined();
      expect(await shown()).toEqual(ended);
      await bench.reopen();
      expect(await shown()).toEqual(ended);
      await quiet(AT + 20, AT + 7);
      expect(await shown()).toEqual({ since: 3, until: AT + 20 });
      expect(await quiet(undefined, AT + 20)).toBeUndefined(); // By its time.
      expect(await shown()).toEqual({ since: 3, until: AT + 20 });
    });

    it("[P55] counts go on", async () => {
      await quiet(AT + 10);
      await bench.append(draft("100", "101", "d1"));
      expect(await bench.counts("101")).toEqual({ unseen: 1, unread: 1, asOf: 2 });
    });
  });
}
