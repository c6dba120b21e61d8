import { expect, test } from "vitest";
import { commandOf, isSingleKey, KEYS, type Press } from "./keys.ts";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});
const shift = { shiftKey: true };

test("each key that is explained asks for what it is explained as", () => {
  for (const { command, keys } of KEYS) {
    for (const name of keys) {
      const [key = "", ...withShift] = name.split(" ").toReversed();
      expect(commandOf(press(key, withShift.length > 0 ? shift : {})), name).toBe(command);
    }
  }
});

test("Caps Lock makes no difference, Shift does", () => {
  expect(commandOf(press("J"))).toBe("next");
  expect(commandOf(press("i", shift))).toBe("read");
  expect(commandOf(press("I"))).toBeUndefined();
  expect(commandOf(press("J", shift))).toBeUndefined();
  expect(commandOf(press("?", shift))).toBe("help");
});

test("with another key held, or while a character is composed, nothing is asked", () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }])
    expect(commandOf(press("r", held))).toBeUndefined();
});

test("what can be switched off is what types a character", () => {
  expect(isSingleKey({ key: "j" })).toBe(true);
  expect(isSingleKey({ key: "?" })).toBe(true);
  expect(isSingleKey({ key: "Enter" })).toBe(false);
});
