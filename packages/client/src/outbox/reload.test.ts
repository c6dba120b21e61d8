import { describe, expect, test } from "vitest";
import { changeIds, edit, mark, pendingIds, retract, send } from "../testing/requests.ts";
import { FakeStorage } from "../testing/storage.ts";
import { Outbox } from "./outbox.ts";
import { localOutbox, memoryOutbox } from "./store.ts";

const refusal = { code: "conflict", message: "This id was used for another draft." };
const tab = (storage: Storage) => new Outbox(localOutbox("101", storage));

describe("across a reload", () => {
  test("[P12] memoryOutbox keeps nothing", () => {
    const store = memoryOutbox();
    new Outbox(store).add(send("a"), 1);
    expect(new Outbox(store).pending).toEqual([]);
  });

  test("[P12] localOutbox keeps drafts with their threads, times and refusals, and changes", () => {
    const storage = new FakeStorage();
    const before = tab(storage);
    before.add({ type: "send", id: "a", to: "鐘", text: 'x\u2028\n"', thread: "post-1" }, 5);
    before.add(send("b"), 6);
    before.refuse("b", refusal);
    before.add(mark("m", "read", { seqs: [3, 4] }), 6, "epoch");
    before.add(retract("r", "stored"), 7);
    before.add(edit("e", "stored", "another"), 8);
    const after = tab(storage);
    expect(after.pending).toEqual(before.pending);
    expect(after.changes).toEqual(before.changes);
    after.enter("another epoch");
    expect(changeIds(after)).toEqual(["r", "e"]);
  });

  test("[P12] requests of one millisecond, or made after the clock was set back, keep their order", () => {
    const storage = new FakeStorage();
    const before = tab(storage);
    for (const id of ["z", "y", "x"]) before.add(send(id), 1_000);
    before.add(send("w"), 3);
    expect(pendingIds(tab(storage))).toEqual(["z", "y", "x", "w"]);
    expect(tab(storage).pending.map(({ at }) => at)).toEqual([1_000, 1_000, 1_000, 3]);
  });

  test("[P12] what was taken does not come back", () => {
    const storage = new FakeStorage();
    const outbox = tab(storage);
    outbox.add(send("a"), 1);
    outbox.remove("a");
    expect(storage.length).toBe(0);
  });

  test("[P12] that a draft went out is not forgotten: whoever takes it back has to say so to the hub", () => {
    const storage = new FakeStorage();
    const before = tab(storage);
    before.add(send("a"), 1);
    before.add(send("b"), 1);
    before.depart("a");
    const after = tab(storage);
    expect(["a", "b", "unknown"].map((id) => after.mayBeOut(id))).toEqual([true, false, true]);
  });
});

describe("tabs of one user", () => {
  const two = () => {
    const storage = new FakeStorage();
    const one = tab(storage);
    one.add(send("a"), 1);
    one.add(mark("m", "read", { upTo: 3 }), 1);
    return { storage, one, other: tab(storage) };
  };

  test("[P12] what two submit, a third finds", () => {
    const storage = new FakeStorage();
    const [one, other] = [tab(storage), tab(storage)];
    one.add(send("a"), 1);
    other.add(send("b"), 2);
    expect(pendingIds(tab(storage))).toEqual(["a", "b"]);
  });

  test("[P12] what one was answered, the other does not send any more", () => {
    const { one, other } = two();
    one.remove("a");
    one.remove("m");
    expect([other.depart("a"), other.depart("m")]).toEqual([undefined, undefined]);
    expect([pendingIds(other), changeIds(other)]).toEqual([[], []]);
  });

  test("[P11] what one was refused, the other knows as refused when it would send it", () => {
    const { one, other } = two();
    one.refuse("a", refusal);
    expect(other.depart("a")).toBeUndefined();
    expect(other.pending).toMatchObject([{ draft: { id: "a" }, refusal }]);
  });

  test("[P26] what one has sent, the other cannot just drop", () => {
    const { one, other } = two();
    expect(other.mayBeOut("a")).toBe(false);
    one.depart("a");
    expect(other.mayBeOut("a")).toBe(true);
    one.remove("a");
    expect(other.mayBeOut("a")).toBe(true);
  });

  test("[P26] what one has dropped, the other does not send", () => {
    const { one, other } = two();
    other.drop("a");
    expect(one.depart("a")).toBeUndefined();
    expect(pendingIds(one)).toEqual([]);
  });

  test("[P23] a mark that grew in one goes out from there, though the other was answered for what it was", () => {
    const { one, other } = two();
    one.add(mark("m2", "read", { upTo: 9 }), 2);
    other.remove("m");
    expect(one.depart("m2")?.request).toEqual(mark("m2", "read", { upTo: 9 }));
  });

  test("[P12] what the storage did not take is this tab's alone, and goes out", () => {
    const outbox = tab(new FakeStorage(10));
    outbox.add(send("a"), 1);
    expect(outbox.mayBeOut("a")).toBe(false);
    expect(outbox.depart("a")?.request).toEqual(send("a"));
    expect(outbox.mayBeOut("a")).toBe(true);
  });
});
