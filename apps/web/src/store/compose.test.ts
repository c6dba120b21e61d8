import { refusal } from "@carillon/protocol";
import { expect, test } from "vitest";
import { clearText, compose, keepCompose, refuse, roomIn, write } from "./compose.ts";

/** As much of a browser's storage as is used here. */
function storageOf(entries: Record<string, string> = {}): Storage {
  const kept = new Map(Object.entries(entries));
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test("typing takes the fault away; sending clears the text and keeps the target", () => {
  write({ to: "101" });
  write({ text: "hello" });
  refuse(refusal("unavailable"));
  expect(compose.getState().fault?.code).toBe("unavailable");
  write({ text: "hello!" });
  expect(compose.getState()).toEqual({ to: "101", text: "hello!" });
  clearText();
  expect(compose.getState()).toEqual({ to: "101", text: "" });
});

test("what is being typed survives a reload, each user's own", () => {
  const storage = storageOf();
  const stop = keepCompose("100", storage);
  write({ to: "101" });
  write({ text: "not yet" });
  stop();
  keepCompose("200", storage)();
  expect(compose.getState()).toEqual({ to: "", text: "" });
  keepCompose("100", storage)();
  expect(compose.getState()).toEqual({ to: "101", text: "not yet" });
});

test("what is not a draft is not taken up", () => {
  for (const strange of ["{", "7", "null", '{"to":1,"text":""}', '{"to":"101"}']) {
    keepCompose("100", storageOf({ "carillon:compose:100": strange }))();
    expect(compose.getState()).toEqual({ to: "", text: "" });
  }
});

test("a storage that is full stops nobody from typing", () => {
  const full = storageOf();
  full.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const stop = keepCompose("100", full);
  write({ text: "still here" });
  stop();
  expect(compose.getState().text).toBe("still here");
});

test("the room in a text is counted as the limit is", () => {
  expect(roomIn({ to: "", text: "" })).toBe(4_000);
  expect(roomIn({ to: "", text: "😀".repeat(2_001) })).toBe(-2);
});
