import { describe, expect, test } from "vitest";
import { changeIds, edit, mark, pendingIds, retract, send } from "../testing/requests.ts";
import { FakeStorage } from "../testing/storage.ts";
import { CHANGES_LIMIT, Outbox, OUTBOX_LIMIT } from "./outbox.ts";
import { localOutbox, memoryOutbox, type OutboxStore } from "./store.ts";

const refusal = { code: "conflict", message: "This id was used for another draft." };
const pending = (id: string, at = 1) => ({ draft: { id, to: "101", text: `text of ${id}` }, at });
const stores: readonly (readonly [name: string, make: () => OutboxStore])[] = [
  ["memoryOutbox", memoryOutbox],
  ["localOutbox", () => localOutbox("101", new FakeStorage())],
];

describe.each(stores)("on %s", (_name, make) => {
  const outboxOf = (...drafts: readonly string[]) => {
    const outbox = new Outbox(make());
    for (const id of drafts) outbox.add(send(id), 1);
    return outbox;
  };

  test("[P12] drafts stay, oldest first, until they are taken", () => {
    const outbox = outboxOf("a", "b", "c");
    expect(outbox.remove("b")).toMatchObject({ request: send("b") });
    expect(outbox.pending).toEqual([pending("a"), pending("c")]);
  });

  test("[P12] what is not there is not taken", () => {
    const outbox = outboxOf("a");
    const before = outbox.pending;
    expect(outbox.remove("x")).toBeUndefined();
    outbox.refuse("x", refusal);
    expect(outbox.pending).toBe(before);
  });

  test("[P11] a refusal is kept with its draft, in its place, and the draft is not to be sent", () => {
    const outbox = outboxOf("a", "b");
    outbox.refuse("a", refusal);
    expect(outbox.pending).toEqual([{ ...pending("a"), refusal }, pending("b")]);
    expect(outbox.drafts.map(({ request }) => request.id)).toEqual(["b"]);
  });

  test("the lists are replaced on every change of theirs, never changed in place, and only then", () => {
    const outbox = outboxOf("a");
    const [{ pending: drafts, changes }, copy] = [outbox, [...outbox.pending]];
    outbox.add(mark("m", "read", { upTo: 4 }), 1);
    expect(outbox.pending).toBe(drafts);
    expect(outbox.changes).not.toBe(changes);
    outbox.depart("a");
    expect(outbox.pending).toBe(drafts);
    outbox.refuse("a", refusal);
    expect(outbox.pending).not.toBe(drafts);
    expect(drafts).toEqual(copy);
  });

  test("is full of drafts at their limit, and not one before; changes have a limit of their own", () => {
    const outbox = outboxOf();
    for (let i = 0; i < OUTBOX_LIMIT; i++) expect(outbox.add(send(`d${i}`), i)).toBe(true);
    expect(outbox.add(send("more"), 1)).toBe(false);
    for (let i = 0; i < CHANGES_LIMIT; i++) expect(outbox.add(edit(`e${i}`, "stored", "x"), 1)).toBe(true);
    expect(outbox.add(retract("r", "stored"), 1)).toBe(false);
    outbox.remove("d1");
    expect(outbox.add(send("more"), 1)).toBe(true);
    expect([outbox.pending.length, outbox.changes.length]).toEqual([OUTBOX_LIMIT, CHANGES_LIMIT]);
  });

  test("[P26] a draft that its author takes back is not shown, and still sent before that is", () => {
    const outbox = outboxOf("a", "b");
    outbox.add(retract("r", "a"), 2);
    expect(pendingIds(outbox)).toEqual(["b"]);
    expect(outbox.drafts.map(({ request }) => request.id)).toEqual(["a", "b"]);
    expect(outbox.due).toEqual([]);
    outbox.remove("a");
    expect(outbox.due.map(({ request }) => request.id)).toEqual(["r"]);
  });

  test("[P26] a draft that is taken back and refused is gone, and taking it back with it", () => {
    const outbox = outboxOf("a");
    outbox.add(retract("r", "a"), 2);
    outbox.refuse("a", refusal);
    expect([pendingIds(outbox), changeIds(outbox), outbox.drafts]).toEqual([[], [], []]);
  });

  test("[P29] a mark of another incarnation is forgotten; drafts, and what names them, are not", () => {
    const outbox = outboxOf("a");
    outbox.add(mark("old", "read", { upTo: 4 }), 1, "epoch 1");
    outbox.add(retract("r", "stored"), 1);
    outbox.add(mark("new", "read", { upTo: 4 }), 1, "epoch 2");
    outbox.enter("epoch 2");
    expect([pendingIds(outbox), changeIds(outbox)]).toEqual([["a"], ["r", "new"]]);
  });
});

describe("marks that have not gone out become one", () => {
  test("[P23] as one request of another id, which another tab that knows the first cannot answer for", () => {
    const outbox = new Outbox(memoryOutbox());
    outbox.add(mark("m1", "seen", { seqs: [1, 2] }), 1);
    outbox.add(mark("m2", "seen", { seqs: [2, 3] }), 2);
    expect(outbox.changes).toEqual([mark("m2", "seen", { seqs: [1, 2, 3] })]);
  });

  test("[P23] but not with one that went out, nor over another change, nor of another incarnation", () => {
    const outbox = new Outbox(memoryOutbox());
    outbox.add(mark("m1", "seen", { seqs: [1] }), 1, "e");
    outbox.depart("m1");
    outbox.add(mark("m2", "seen", { seqs: [2] }), 1, "e");
    outbox.add(mark("m3", "seen", { seqs: [3] }), 1, "f");
    outbox.add(mark("m4", "read", { seqs: [3] }), 1, "f");
    outbox.add(mark("m5", "seen", { seqs: [4] }), 1, "f");
    outbox.add(edit("x", "stored", "text"), 1);
    outbox.add(mark("m6", "seen", { seqs: [5] }), 1, "f");
    expect(changeIds(outbox)).toEqual(["m1", "m2", "m3", "m4", "m5", "x", "m6"]);
  });

  test("[P23] also where the outbox is full, which takes no other", () => {
    const outbox = new Outbox(memoryOutbox());
    for (let i = 1; i < CHANGES_LIMIT; i++) outbox.add(edit(`e${i}`, "stored", "x"), 1);
    outbox.add(mark("m1", "seen", { upTo: 1 }), 1);
    expect(outbox.add(mark("m2", "seen", { upTo: 2 }), 1)).toBe(true);
    expect(outbox.add(mark("m3", "read", { upTo: 2 }), 1)).toBe(false);
    expect(outbox.changes.at(-1)).toEqual(mark("m2", "seen", { upTo: 2 }));
  });
});
