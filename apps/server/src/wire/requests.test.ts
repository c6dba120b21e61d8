import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

describe.each(["websocket", "stream"] as const)("over %s", (transport) => {
  let pairs = 0;
  const tab = (uid: string) => hub.over(transport).tab(uid);
  type Line = Awaited<ReturnType<typeof tab>>;
  /** Two users of their own, the second of whom has `count` notifications of the first. */
  async function pair(count: number) {
    const [author, reader] = [`${transport}'s author${++pairs}`, `${transport}'s reader${pairs}`];
    const lines = await Promise.all([tab(author), tab(reader)]);
    for (let n = 1; n <= count; n++) {
      lines[0].send({ type: "send", id: `d${n}`, to: reader, text: `text ${n}` });
      await Promise.all([lines[1].next(), lines[0].next(), lines[0].next()]);
    }
    return { author, reader, authorLine: lines[0], readerLine: lines[1] };
  }

  describe("mark", () => {
    it("[P23] goes to every session of the user before it is done, with the hub's counts", async () => {
      const { reader, readerLine } = await pair(3);
      const other = await tab(reader);
      readerLine.send({ type: "mark", id: "m1", mark: "read", target: { seqs: [1, 2] } });
      const marked = {
        type: "entries",
        entries: [{ kind: "mark", seq: 4, mark: "read", target: { seqs: [1, 2] } }],
        counts: { unseen: 1, unread: 1, asOf: 4 },
      };
      expect(await readerLine.next()).toMatchObject(marked);
      expect(await readerLine.next()).toEqual({ type: "done", id: "m1" });
      expect(await other.next()).toMatchObject(marked);
    });

    it("[P23] of what is so already is done without an entry", async () => {
      const { readerLine } = await pair(1);
      readerLine.send({ type: "mark", id: "m1", mark: "unread", target: { upTo: 1 } });
      expect(await readerLine.next()).toEqual({ type: "done", id: "m1" });
    });

    it("[P24] tells the author, unless the reader's token withholds it", async () => {
      const { reader, authorLine, readerLine } = await pair(2);
      const shy = await hub.over(transport).line();
      await shy.hello(await hub.token(reader, { withholdsReceipts: true }));
      shy.send({ type: "mark", id: "m1", mark: "read", target: { seqs: [1] } });
      expect(await shy.next()).toMatchObject({ entries: [{ kind: "mark" }] });
      readerLine.send({ type: "mark", id: "m2", mark: "read", target: { seqs: [2] } });
      expect(await authorLine.next()).toMatchObject({ entries: [{ kind: "receipt", state: "read", ids: ["d2"] }] });
    });

    it.each([
      ["no target", {}],
      ["both targets' fields and neither right", { seqs: [], upTo: -1 }],
      ["too many", { seqs: Array.from({ length: 201 }, (_, n) => n) }],
      ["a seq that is none", { seqs: ["1"] }],
    ])("[P3] with %s breaks the protocol", async (_what, target) => {
      const line = await tab("mallory");
      line.send({ type: "mark", id: "m1", mark: "read", target });
      expect(await line.closed).toMatchObject({ code: 4500 });
    });
  });

  describe("edit and retract", () => {
    it("[P26] stand at both ends, for sessions that are there and for those that come later", async () => {
      const { reader, authorLine, readerLine } = await pair(2);
      authorLine.send({ type: "edit", id: "e1", draft: "d1", text: "better" });
      expect(await authorLine.next()).toMatchObject({ entries: [{ kind: "edit", id: "d1", text: "better" }] });
      expect(await authorLine.next()).toEqual({ type: "done", id: "e1" });
      expect(await readerLine.next()).toMatchObject({ entries: [{ kind: "edit", text: "better" }] });

      authorLine.send({ type: "retract", id: "r1", draft: "d1" });
      expect(await authorLine.next()).toMatchObject({ entries: [{ kind: "retraction", id: "d1" }] });
      expect(await authorLine.next()).toEqual({ type: "done", id: "r1" });
      expect(await readerLine.next()).toMatchObject({
        entries: [{ kind: "retraction", id: "d1" }],
        counts: { unseen: 1, unread: 1 },
      });
      const late = await hub.over(transport).line();
      const welcome = await late.hello(await hub.token(reader));
      expect(welcome).toMatchObject({ snapshot: { notifications: [{ id: "d2" }] } });
      expect(JSON.stringify(welcome)).not.toContain("better");
    });

    it("[P26] of somebody else's draft, or none, are refused, and a text out of its bounds too", async () => {
      const { authorLine, readerLine } = await pair(1);
      const refusal = async (line: Line, request: object) => {
        line.send(request);
        return line.next();
      };
      expect(await refusal(readerLine, { type: "retract", id: "r1", draft: "d1" })).toMatchObject({
        type: "refused",
        id: "r1",
        code: "unknownDraft",
      });
      expect(await refusal(authorLine, { type: "edit", id: "e1", draft: "nothing", text: "x" })).toMatchObject({
        code: "unknownDraft",
      });
      expect(await refusal(authorLine, { type: "edit", id: "e2", draft: "d1", text: " " })).toMatchObject({
        code: "emptyText",
      });
    });
  });

  describe("batch and page", () => {
    it("[P22] a batch is answered draft by draft, and the sound ones become durable together", async () => {
      const { reader, authorLine, readerLine } = await pair(1);
      const drafts = [
        { id: "b1", to: reader, text: "one" },
        { id: "b2", to: reader, text: "" },
        { id: "d1", to: reader, text: "not text 1" },
        { id: "b3", to: reader, text: "three" },
      ];
      authorLine.send({ type: "batch", drafts });
      const answers: unknown[] = [];
      while (answers.length < 4) {
        const frame = (await authorLine.next()) as { type: string };
        if (frame.type !== "entries") answers.push(frame);
      }
      expect(answers).toMatchObject([
        { type: "sent", id: "b1" },
        { type: "refused", id: "b2", code: "emptyText" },
        { type: "refused", id: "d1", code: "conflict" },
        { type: "sent", id: "b3" },
      ]);
      expect(await readerLine.next()).toMatchObject({
        entries: [
          { seq: 2, text: "one" },
          { seq: 3, text: "three" },
        ],
        counts: { unseen: 3, unread: 3, asOf: 3 },
      });
    });

    it("[P27] a page gives history before a seq, as it stands now", async () => {
      const { readerLine } = await pair(3);
      readerLine.send({ type: "mark", id: "m1", mark: "read", target: { seqs: [1] } });
      await Promise.all([readerLine.next(), readerLine.next()]);
      readerLine.send({ type: "page", id: "p1", of: "notification", before: 3, limit: 10 });
      expect(await readerLine.next()).toMatchObject({
        type: "page",
        id: "p1",
        items: [{ seq: 1, read: true }, { seq: 2 }],
        end: true,
      });
    });
  });
});
