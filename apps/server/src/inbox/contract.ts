import { limits } from "@carillon/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Appended, AuthoredDraft, Inbox } from "../hub/ports.ts";

/** What every implementation of `Inbox` must do. `open` gives one on an empty store; `reopen` another on the same store. */
export function inboxContract(
  name: string,
  stores: () => Promise<{ open: () => Promise<Inbox>; remove: () => Promise<void> }>,
): void {
  describe(`${name} keeps the contract of the inbox`, () => {
    let store: Awaited<ReturnType<typeof stores>>;
    let inbox: Inbox;
    beforeEach(async () => {
      store = await stores();
      inbox = await store.open();
    });
    afterEach(async () => {
      await inbox.close();
      await store.remove();
    });

    const append = async (...drafts: AuthoredDraft[]) => stored(await inbox.append(drafts));
    const reopen = async () => {
      await inbox.close();
      inbox = await store.open();
    };

    it("[P10] a draft becomes a notification in the recipient's log and a sent entry in the author's", async () => {
      const [first] = await append(draft("100", "101", "d1", { text: "Agreed.", thread: "t" }));
      const content = { id: "d1", text: "Agreed.", thread: "t", at: AT };
      expect(first?.growth).toEqual([
        { uid: "101", entries: [{ kind: "notification", seq: 1, from: "100", ...content }] },
        { uid: "100", entries: [{ kind: "sent", seq: 1, to: "101", ...content }] },
      ]);
      expect(await inbox.read("101", 0, 10)).toEqual(first?.growth[0]?.entries);
      expect(await inbox.read("100", 0, 10)).toEqual(first?.growth[1]?.entries);
    });

    it("[P7] a log's seq rises by exactly one, whatever the batch", async () => {
      await append(...[1, 2, 3].map((n) => draft("100", "101", `a${n}`)));
      await Promise.all([
        append(draft("102", "101", "b1")),
        append(draft("103", "101", "c1"), draft("100", "101", "a4")),
      ]);
      const seqs = (await inbox.read("101", 0, 100)).map(({ seq }) => seq);
      expect(seqs).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it("[P13] who writes to oneself finds both entries in one log, and one growth", async () => {
      const [own] = await append(draft("100", "100", "d1"));
      expect(own?.growth.map(({ uid, entries }) => [uid, entries.map(({ kind, seq }) => [kind, seq])])).toEqual([
        [
          "100",
          [
            ["notification", 1],
            ["sent", 2],
          ],
        ],
      ]);
      expect(own?.seq).toBe(2);
    });

    it("[P12] a resend of the same id and body gets the first result, another body is a conflict, and neither adds an entry", async () => {
      const [first] = await append(draft("100", "101", "d1", { text: "one" }));
      const again = await inbox.append([
        draft("100", "101", "d1", { text: "one", at: AT + 5_000 }),
        draft("100", "101", "d1", { text: "two" }),
        draft("100", "102", "d1", { text: "one" }),
        draft("100", "101", "d1", { text: "one", thread: "t" }),
      ]);
      expect(again).toEqual([
        { outcome: "duplicate", seq: first?.seq, at: AT },
        { outcome: "conflict" },
        { outcome: "conflict" },
        { outcome: "conflict" },
      ]);
      expect(await inbox.read("101", 0, 10)).toHaveLength(1);
      expect(await inbox.read("102", 0, 10)).toHaveLength(0);
    });

    it("[P12] the same id twice in one batch is stored once; the same id of another author is another draft", async () => {
      const results = await inbox.append([
        draft("100", "101", "d1"),
        draft("100", "101", "d1"),
        draft("102", "101", "d1"),
      ]);
      expect(results.map(({ outcome }) => outcome)).toEqual(["stored", "duplicate", "stored"]);
      expect(await inbox.read("101", 0, 10)).toHaveLength(2);
    });

    it("[P12] a draft is still known after a restart", async () => {
      await append(draft("100", "101", "d1"));
      await reopen();
      expect(await inbox.append([draft("100", "101", "d1")])).toEqual([{ outcome: "duplicate", seq: 1, at: AT }]);
    });

    it("[P14] an acknowledgement gives each author one receipt with the ids, and gives it once", async () => {
      await append(
        draft("100", "101", "a1"),
        draft("102", "101", "b1"),
        draft("100", "101", "a2"),
        draft("100", "101", "a3"),
      );
      const growth = await inbox.acknowledge([{ uid: "101", seq: 3 }]);
      expect(growth.map(({ uid, entries }) => [uid, entries])).toEqual([
        [
          "100",
          [expect.objectContaining({ kind: "receipt", seq: 4, state: "delivered", to: "101", ids: ["a1", "a2"] })],
        ],
        ["102", [expect.objectContaining({ kind: "receipt", seq: 2, state: "delivered", to: "101", ids: ["b1"] })]],
      ]);
      expect(
        await inbox.acknowledge([
          { uid: "101", seq: 3 },
          { uid: "101", seq: 2 },
        ]),
      ).toEqual([]);
      expect(await inbox.read("100", 3, 10)).toEqual(growth[0]?.entries);
    });

    it("[P14] an acknowledgement beyond the head says no more than the head", async () => {
      await append(draft("100", "101", "a1"));
      await inbox.acknowledge([{ uid: "101", seq: 1_000 }]);
      await append(draft("100", "101", "a2"));
      expect((await inbox.open("101", { from: "acked" })).position.seq).toBe(1);
    });

    it("[P14] of a user without a log nothing is acknowledged", async () => {
      expect(await inbox.acknowledge([{ uid: "nobody", seq: 5 }])).toEqual([]);
      expect((await inbox.open("nobody", { from: "snapshot" })).head).toBe(0);
    });

    it("[P8] a position of this epoch within the log stands as it is, without a snapshot", async () => {
      await append(draft("100", "101", "d1"), draft("100", "101", "d2"));
      const { position, head } = await inbox.open("101", { from: "snapshot" });
      await append(draft("100", "101", "d3"));
      await reopen();
      expect(await inbox.open("101", { from: "position", position })).toEqual({ position, head: head + 1, acked: 0 });
    });

    it("[P8] another epoch, a seq after the head, and more than the recovery cap each give a snapshot", async () => {
      const { epoch } = (await inbox.open("101", { from: "snapshot" })).position;
      await append(...Array.from({ length: limits.recoveryEntries + 1 }, (_, n) => draft("100", "101", `d${n}`)));
      const standing = async (position: { epoch: string; seq: number }) =>
        inbox.open("101", { from: "position", position });
      expect((await standing({ epoch: "another", seq: 5 })).snapshot).toBeDefined();
      expect((await standing({ epoch, seq: limits.recoveryEntries + 2 })).snapshot).toBeDefined();
      expect((await standing({ epoch, seq: 0 })).snapshot).toBeDefined();
      expect((await standing({ epoch, seq: 1 })).snapshot).toBeUndefined();
    });

    it("[P8] a snapshot holds the newest of each kind, oldest first, with states and what is acknowledged", async () => {
      const many = limits.snapshotItems + 3;
      await append(...Array.from({ length: many }, (_, n) => draft("100", "101", `d${n}`)));
      await append(draft("101", "100", "r1"), draft("101", "102", "r2"));
      await inbox.acknowledge([{ uid: "100", seq: many + 1 }]);
      const { position, snapshot } = await inbox.open("101", { from: "snapshot" });
      expect(snapshot?.notifications.map(({ seq }) => seq)).toEqual(
        Array.from({ length: limits.snapshotItems }, (_, n) => n + 4),
      );
      expect(snapshot?.sent.map(({ id, to, state }) => [id, to, state])).toEqual([
        ["r1", "100", "delivered"],
        ["r2", "102", "stored"],
      ]);
      expect(snapshot?.acked).toBe(0);
      expect(position.seq).toBe(many + 3);
    });

    it("[T6] what nobody has acknowledged can be asked for", async () => {
      await append(draft("100", "101", "d1"), draft("100", "101", "d2"));
      await inbox.acknowledge([{ uid: "101", seq: 1 }]);
      expect(await inbox.open("101", { from: "acked" })).toMatchObject({ position: { seq: 1 }, head: 2, acked: 1 });
    });

    it("[P5] uids and texts that look alike, or like something else, are kept apart byte for byte", async () => {
      const uids = [
        "é",
        "e\u0301",
        "É",
        "1",
        "01",
        "1 ",
        "a:b",
        "{a}",
        "%",
        "_",
        "'; DROP TABLE entry; --",
        "../x",
        "*",
        "__proto__",
      ];
      const texts = ["👩‍👩‍👧‍👦", "\u202Eabc", "a\u200Bb", "é", "e\u0301", "<img src=x onerror=alert(1)>", "\ttab\r\nline\n"];
      await append(...uids.map((uid, n) => draft("100", uid, `d${n}`, { text: texts[n % texts.length] ?? "" })));
      for (const [n, uid] of uids.entries()) {
        expect(await inbox.read(uid, 0, 10), uid).toMatchObject([
          { seq: 1, id: `d${n}`, text: texts[n % texts.length] },
        ]);
      }
    });

    it("reads pages from any place, and nothing at the head", async () => {
      await append(...Array.from({ length: 7 }, (_, n) => draft("100", "101", `d${n}`)));
      expect((await inbox.read("101", 2, 3)).map(({ seq }) => seq)).toEqual([3, 4, 5]);
      expect(await inbox.read("101", 7, 3)).toEqual([]);
      expect(await inbox.read("nobody", 0, 3)).toEqual([]);
    });

    it("finishes what was accepted before it closes", async () => {
      const appending = Promise.all(Array.from({ length: 50 }, (_, n) => inbox.append([draft("100", "101", `d${n}`)])));
      await reopen();
      expect((await appending).flat().map(({ outcome }) => outcome)).toEqual(
        Array.from({ length: 50 }, () => "stored"),
      );
      expect(await inbox.read("101", 0, 100)).toHaveLength(50);
    });
  });
}

const AT = 1_795_385_798_166;

function draft(from: string, to: string, id: string, more: Partial<AuthoredDraft> = {}): AuthoredDraft {
  return { from, to, id, text: `text of ${id}`, at: AT, ...more };
}

function stored(results: readonly Appended[]): Extract<Appended, { outcome: "stored" }>[] {
  return results.map((result) => {
    if (result.outcome !== "stored") throw new Error(`Expected it to be stored: ${result.outcome}`);
    return result;
  });
}
