import { describe, expect, test } from "vitest";
import { localOutbox, memoryOutbox, Outbox, OUTBOX_LIMIT, type OutboxStore, type Pending } from "./outbox.ts";
import { FakeStorage } from "./testing/storage.ts";

const pending = (id: string, at = 1): Pending => ({ draft: { id, to: "101", text: `text of ${id}` }, at });
const refusal = { code: "conflict", message: "This id was used for another draft." };
const idsOf = (outbox: Outbox) => outbox.pending.map(({ draft }) => draft.id);

const stores: readonly (readonly [name: string, make: () => OutboxStore])[] = [
  ["memoryOutbox", memoryOutbox],
  ["localOutbox", () => localOutbox("101", new FakeStorage())],
];

describe.each(stores)("on %s", (_name, make) => {
  test("[P12] drafts stay, oldest first, until they are taken", () => {
    const outbox = new Outbox(make());
    for (const id of ["a", "b", "c"]) outbox.add(pending(id));
    expect(outbox.remove("b")).toEqual(pending("b"));
    expect(idsOf(outbox)).toEqual(["a", "c"]);
  });

  test("[P12] what is not there is not taken", () => {
    const outbox = new Outbox(make());
    outbox.add(pending("a"));
    const before = outbox.pending;
    expect(outbox.remove("x")).toBeUndefined();
    outbox.refuse("x", refusal);
    expect(outbox.pending).toBe(before);
  });

  test("[P11] a refusal is kept with its draft, in its place", () => {
    const outbox = new Outbox(make());
    for (const id of ["a", "b"]) outbox.add(pending(id));
    outbox.refuse("a", refusal);
    expect(outbox.pending).toEqual([{ ...pending("a"), refusal }, pending("b")]);
  });

  test("the list is replaced on every change, never changed in place", () => {
    const outbox = new Outbox(make());
    const changes = [() => outbox.add(pending("a")), () => outbox.refuse("a", refusal), () => outbox.remove("a")];
    for (const change of changes) {
      const before = outbox.pending;
      const copy = [...before];
      change();
      expect(outbox.pending).not.toBe(before);
      expect(before).toEqual(copy);
    }
  });

  test("is full at its limit, and not one before", () => {
    const outbox = new Outbox(make());
    for (let i = 1; i < OUTBOX_LIMIT; i++) outbox.add(pending(`d${i}`, i));
    expect(outbox.isFull).toBe(false);
    outbox.add(pending("last"));
    expect(outbox.isFull).toBe(true);
    outbox.remove("d1");
    expect(outbox.isFull).toBe(false);
  });
});

describe("across a reload", () => {
  test("[P12] memoryOutbox keeps nothing", () => {
    const store = memoryOutbox();
    new Outbox(store).add(pending("a"));
    expect(new Outbox(store).pending).toEqual([]);
  });

  test("[P12] localOutbox keeps drafts with their threads, times and refusals", () => {
    const storage = new FakeStorage();
    const before = new Outbox(localOutbox("101", storage));
    before.add({ ...pending("a", 5), draft: { id: "a", to: "鐘", text: 'x\u2028\n"', thread: "post-1" } });
    before.add(pending("b", 6));
    before.refuse("b", refusal);
    expect(new Outbox(localOutbox("101", storage)).pending).toEqual(before.pending);
  });

  test("[P12] they come back in the order in which they were submitted, whatever the order of the storage", () => {
    const storage = new FakeStorage();
    const store = localOutbox("101", storage);
    for (const [id, at] of [
      ["late", 30],
      ["early", 10],
      ["middle", 20],
    ] as const)
      store.put(pending(id, at));
    expect(idsOf(new Outbox(store))).toEqual(["early", "middle", "late"]);
  });

  test("[P12] what was taken does not come back", () => {
    const storage = new FakeStorage();
    const outbox = new Outbox(localOutbox("101", storage));
    outbox.add(pending("a"));
    outbox.remove("a");
    expect(storage.length).toBe(0);
    expect(new Outbox(localOutbox("101", storage)).pending).toEqual([]);
  });

  test("[P12] what two tabs submit, both find again", () => {
    const storage = new FakeStorage();
    const [one, two] = [new Outbox(localOutbox("101", storage)), new Outbox(localOutbox("101", storage))];
    one.add(pending("a", 1));
    two.add(pending("b", 2));
    expect(idsOf(new Outbox(localOutbox("101", storage)))).toEqual(["a", "b"]);
  });
});

describe("one user's drafts are not another's", () => {
  const uids = ["1", "1:2", "1%3A2", "1:", ":", "%", "1%", "鐘", "constructor", "carillon:outbox:1"];

  test.each(uids)("[P5] of %j, among users with names like it", (uid) => {
    const storage = new FakeStorage();
    for (const [i, other] of uids.entries()) localOutbox(other, storage).put(pending(`of-${i}`));
    expect(localOutbox(uid, storage).load()).toEqual([pending(`of-${uids.indexOf(uid)}`)]);
  });
});

describe("a storage that cannot be trusted", () => {
  const written = (value: string) => {
    const storage = new FakeStorage();
    localOutbox("101", storage).put(pending("good"));
    const [key = ""] = Object.keys(storage);
    storage.setItem(key.replace("good", "bad"), value);
    return localOutbox("101", storage).load();
  };
  const draft = { id: "a", to: "101", text: "x" };
  const corrupted = [
    "",
    "{",
    "null",
    "42",
    "[]",
    '"draft"',
    "{}",
    JSON.stringify({ draft }),
    JSON.stringify({ at: 1 }),
    JSON.stringify({ draft, at: "1" }),
    JSON.stringify({ draft: { ...draft, id: "a b" }, at: 1 }),
    JSON.stringify({ draft: { ...draft, text: 7 }, at: 1 }),
    JSON.stringify({ draft: null, at: 1 }),
  ];

  test.each(corrupted)("[P12] %j is no draft, and hides none", (value) => {
    expect(written(value)).toEqual([pending("good")]);
  });

  test("[P12] a refusal that cannot be read is none: the draft is sent again", () => {
    expect(written(JSON.stringify({ draft, at: 1, refusal: { code: 7 } }))).toContainEqual({ draft, at: 1 });
  });

  test("[P12] one that is full takes nothing, and the draft is still there to be sent", () => {
    const outbox = new Outbox(localOutbox("101", new FakeStorage(10)));
    outbox.add(pending("a"));
    outbox.refuse("a", refusal);
    expect(outbox.pending).toEqual([{ ...pending("a"), refusal }]);
    expect(outbox.remove("a")).toBeDefined();
  });

  test("other people's keys are left alone", () => {
    const storage = new FakeStorage();
    storage.setItem("theme", "dark");
    storage.setItem("carillon:outbox", "{}");
    expect(localOutbox("101", storage).load()).toEqual([]);
    expect(storage.length).toBe(2);
  });
});
