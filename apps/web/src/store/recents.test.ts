import { afterEach, expect, test } from "vitest";
import { keepRecents, recents, RECENTS, remember, suggested } from "./recents.ts";

const storageOf = (text: string | null) => {
  const kept = new Map(text === null ? [] : [["carillon:recents:100", text]]);
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, to: string) => kept.set(key, to),
  };
  return { kept, storage: storage as unknown as Storage };
};

afterEach(() => recents.setState([], true));

test("whom a user wrote to is remembered, the latest first, each once, and so many at most", () => {
  const { kept, storage } = storageOf(null);
  const stop = keepRecents("100", storage);
  for (let n = 1; n <= RECENTS + 2; n++) remember(`${n}`);
  remember("5");
  stop();
  remember("nobody");
  const after = storageOf(kept.get("carillon:recents:100") ?? null);
  keepRecents("100", after.storage)();
  expect(recents.getState()).toEqual(["5", "10", "9", "8", "7", "6", "4", "3"]);
});

test("what somebody else wrote under the key is no name", () => {
  for (const text of ["{", "{}", '[1, null, "", "\\n"]']) {
    keepRecents("100", storageOf(text).storage)();
    expect(recents.getState()).toEqual([]);
  }
});

test("what is typed suggests those it may mean, and nothing once it is one of them", () => {
  const all = ["Mira", "tomás", "100"];
  expect(suggested(all, "")).toEqual(all);
  expect(suggested(all, " M")).toEqual(["Mira", "tomás"]);
  expect(suggested(all, "Mira ")).toEqual([]);
});
