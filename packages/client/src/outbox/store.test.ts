import { describe, expect, test } from "vitest";
import { mark, send } from "../testing/requests.ts";
import { FakeStorage } from "../testing/storage.ts";
import { localOutbox } from "./store.ts";
import type { Waiting } from "./waiting.ts";

const waiting = (id: string): Waiting => ({ request: send(id), at: 1, order: 1 });
const draft = { id: "a", to: "101", text: "x" };
const request = { type: "send", ...draft };

describe("one user's requests are not another's", () => {
  const uids = ["1", "1:2", "1%3A2", "1:", ":", "%", "1%", "鐘", "constructor", "carillon:outbox:1"];

  test.each(uids)("[P5] of %j, among users with names like it", (uid) => {
    const storage = new FakeStorage();
    for (const [i, other] of uids.entries()) localOutbox(other, storage).put(waiting(`of-${i}`));
    expect(localOutbox(uid, storage).load()).toEqual([waiting(`of-${uids.indexOf(uid)}`)]);
  });
});

/** What a store finds where this is written beside a good request. */
function found(value: string): readonly Waiting[] {
  const storage = new FakeStorage();
  localOutbox("101", storage).put(waiting("good"));
  const [key = ""] = Object.keys(storage);
  storage.setItem(key.replace("good", "bad"), value);
  return localOutbox("101", storage).load();
}

describe("a draft that an older version stored", () => {
  test("[P12] is found, and may have gone out: nobody noted it then", () => {
    expect(found(JSON.stringify({ draft, at: 7 }))).toContainEqual({ request, at: 7, order: 7, transmitted: true });
  });

  test("[P11] is found with its refusal", () => {
    const refusal = { code: "conflict", message: "This id was used for another draft." };
    expect(found(JSON.stringify({ draft, at: 7, refusal }))).toContainEqual(
      expect.objectContaining({ request, refusal }),
    );
  });
});

describe("a storage that cannot be trusted", () => {
  const corrupted = [
    "",
    "{",
    "null",
    "42",
    "[]",
    '"draft"',
    "{}",
    JSON.stringify({ draft }),
    JSON.stringify({ request }),
    JSON.stringify({ at: 1 }),
    JSON.stringify({ draft, at: "1" }),
    JSON.stringify({ draft: { ...draft, id: "a b" }, at: 1 }),
    JSON.stringify({ draft: { ...draft, text: 7 }, at: 1 }),
    JSON.stringify({ draft: null, at: 1 }),
    JSON.stringify({ request: { type: "hello", token: "t" }, at: 1 }),
    JSON.stringify({ request: { type: "ack", seq: 9 }, at: 1 }),
    JSON.stringify({ request: mark("m", "read", { seqs: [] }), at: 1 }),
    JSON.stringify({ request: { ...mark("m", "read", { upTo: 1 }), mark: "deleted" }, at: 1 }),
  ];

  test.each(corrupted)("[P12] %j is no request, and hides none", (value) => {
    expect(found(value)).toEqual([waiting("good")]);
  });

  test("[P12] what can be read of a request is read, what cannot is not there", () => {
    const broken = { request, at: 5, order: "first", transmitted: "yes", epoch: 3, refusal: { code: 7 } };
    expect(found(JSON.stringify(broken))).toContainEqual({ request, at: 5, order: 5 });
  });

  test("[P12] one that is full says that it took nothing", () => {
    const store = localOutbox("101", new FakeStorage(10));
    expect(store.put(waiting("a"))).toBe(false);
    expect(store.get("a")).toBeUndefined();
  });

  test("other people's keys are left alone", () => {
    const storage = new FakeStorage();
    storage.setItem("theme", "dark");
    storage.setItem("carillon:outbox", "{}");
    expect(localOutbox("101", storage).load()).toEqual([]);
    expect(storage.length).toBe(2);
  });
});
