import { afterEach, expect, test, vi } from "vitest";
import { runTheme, theme } from "./store/theme.ts";
import { keep, storageOf } from "./storage.ts";
import { keptToken } from "./token.ts";
import { language, speak } from "./words/language.ts";

afterEach(() => vi.unstubAllGlobals());

function forbid(name: "localStorage" | "sessionStorage"): void {
  const denied = () => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.stubGlobal(name, undefined);
  Object.defineProperty(globalThis, name, { configurable: true, get: denied });
}

test("a storage that is forbidden is none, and everything that is chosen holds for the page", async () => {
  forbid("localStorage");
  const root = { dataset: {} } as HTMLElement;
  const storage = storageOf("localStorage");
  expect(storage).toBeUndefined();
  runTheme(storage, root);
  theme.setState("dark", true);
  expect(root.dataset["theme"]).toBe("dark");
  await speak(storage, ["zh-CN"], root);
  expect(language.getState()).toBe("zh-CN");
  expect(() => keep(storage, "key", "text")).not.toThrow();
});

test("a token that cannot be kept serves its tab until a reload", () => {
  forbid("sessionStorage");
  keptToken.keep("token");
  expect(keptToken.read()).toBeNull();
  keptToken.forget();
});

test("a storage that is full keeps nothing, and nobody is stopped", () => {
  const full = {
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(() => keep(full as unknown as Storage, "key", "text")).not.toThrow();
});
