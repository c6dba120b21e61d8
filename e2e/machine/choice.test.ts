import { describe, expect, test } from "vitest";
import { choose, launchArgs, type Machine } from "./choice.ts";

const none = { whole: undefined, shell: undefined };
const playwrights = { whole: "/playwright", shell: "/playwright-shell" };
const system = { whole: "/system", shell: "/system-shell" };
const bare: Machine = { asked: none, playwrights: none, system: none, isRoot: false, hasApt: false };
const there = (path: string) => ({ path, exists: true });
const gone = (path: string) => ({ path, exists: false });

describe("which Chromium", () => {
  test("the one that was asked for goes before all others, and does everything", () => {
    const machine = { ...bare, asked: { ...none, whole: there("/mine") }, playwrights, system };
    expect(choose(machine)).toEqual({ at: "found", browsers: { whole: "/mine", shell: "/mine" } });
  });

  test("of one that was asked for, the shell may be another", () => {
    const asked = { whole: there("/mine"), shell: there("/my-shell") };
    const browsers = { whole: "/mine", shell: "/my-shell" };
    expect(choose({ ...bare, asked, playwrights })).toEqual({ at: "found", browsers });
  });

  test.each([
    { whole: gone("/gone"), shell: undefined },
    { whole: there("/mine"), shell: gone("/gone") },
    { whole: undefined, shell: gone("/gone") },
  ])("one that was asked for and is not there is not replaced in silence (%o)", (asked) => {
    expect(choose({ ...bare, asked, playwrights })).toEqual({ at: "astray", path: "/gone" });
  });

  test("Playwright's own go before the system's", () => {
    expect(choose({ ...bare, playwrights, system })).toEqual({ at: "found", browsers: playwrights });
  });

  test("the system's are used where there are no others", () => {
    expect(choose({ ...bare, system })).toEqual({ at: "found", browsers: system });
  });

  test("the shell may be the system's where only the whole one is Playwright's", () => {
    const machine = { ...bare, playwrights: { ...none, whole: "/playwright" }, system };
    expect(choose(machine)).toEqual({ at: "found", browsers: { whole: "/playwright", shell: "/system-shell" } });
  });

  test("without a shell the whole one does everything; root with apt may still install one", () => {
    const machine = { ...bare, system: { ...none, whole: "/system" } };
    const browsers = { whole: "/system", shell: "/system" };
    expect(choose(machine)).toEqual({ at: "slow", browsers, ways: [] });
    expect(choose({ ...machine, isRoot: true, hasApt: true })).toEqual({ at: "slow", browsers, ways: ["apt"] });
  });

  test("a shell alone is not enough", () => {
    const machine = { ...bare, system: { ...none, shell: "/system-shell" } };
    expect(choose(machine)).toEqual({ at: "absent", ways: ["playwright"] });
  });

  test("root with apt installs the packages first, Playwright's second", () => {
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
