import { describe, expect, test } from "vitest";
import { choose, launchArgs, type Machine } from "./choice.ts";

const bare: Machine = { asked: undefined, playwrights: undefined, system: undefined, isRoot: false, hasApt: false };

describe("which Chromium", () => {
  test("the one that was asked for goes before all others", () => {
    const machine = { ...bare, asked: { path: "/mine", exists: true }, playwrights: "/playwright", system: "/system" };
    expect(choose(machine)).toEqual({ at: "found", path: "/mine" });
  });

  test("one that was asked for and is not there is not replaced in silence", () => {
    const machine = { ...bare, asked: { path: "/gone", exists: false }, playwrights: "/playwright" };
    expect(choose(machine)).toEqual({ at: "astray", path: "/gone" });
  });

  test("Playwright's own goes before the system's", () => {
    const machine = { ...bare, playwrights: "/playwright", system: "/system" };
    expect(choose(machine)).toEqual({ at: "found", path: "/playwright" });
  });

  test("the system's is used where there is no other", () => {
    expect(choose({ ...bare, system: "/system" })).toEqual({ at: "found", path: "/system" });
  });

  test("root with apt installs the package first, Playwright's second", () => {
    expect(choose({ ...bare, isRoot: true, hasApt: true })).toEqual({ at: "absent", ways: ["apt", "playwright"] });
  });

  test.each([
    { isRoot: false, hasApt: true },
    { isRoot: true, hasApt: false },
  ])("without root or without apt only Playwright's is left (%o)", (rights) => {
    expect(choose({ ...bare, ...rights })).toEqual({ at: "absent", ways: ["playwright"] });
  });
});

describe("how it is launched", () => {
  test("the sandbox is given up only for root", () => {
    expect(launchArgs(true)).toContain("--no-sandbox");
    expect(launchArgs(false)).not.toContain("--no-sandbox");
  });
});
