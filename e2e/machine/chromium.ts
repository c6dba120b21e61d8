import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { chromium } from "@playwright/test";
import {
  type Asked,
  type Browsers,
  type Choice,
  choose,
  type Found,
  launchArgs,
  type Machine,
  type Way,
} from "./choice.ts";
import { pnpm } from "./pnpm.ts";
import { run } from "./run.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const SHELL_NAMES = ["chromium-headless-shell", "chrome-headless-shell"];
const RUNS_WITHIN_MS = 10_000;
const DOWNLOAD_MS = 180_000;
const isRoot = process.getuid?.() === 0;

export const chromiumArgs = launchArgs(isRoot);

/** The Chromium that is here. Installs nothing. */
export function lookForBrowsers(): Browsers | undefined {
  return browsersOf(choose(look()));
}

/** How Playwright's tests launch it; where there is none, Playwright says so. */
export function launchOf(build: keyof Browsers): { args: string[]; executablePath?: string } {
  const browsers = lookForBrowsers();
  return { args: chromiumArgs, ...(browsers === undefined ? {} : { executablePath: browsers[build] }) };
}

/** So that processes which are given this environment need not look again. */
export function known({ whole, shell }: Browsers): Readonly<Record<string, string>> {
  return { CARILLON_CHROMIUM: whole, CARILLON_CHROMIUM_SHELL: shell };
}

/** The Chromium that is here, installed if there was none. Throws a sentence that says how to get one if that failed too. */
export async function getBrowsers(): Promise<Browsers> {
  let choice = choose(look());
  if (choice.at === "astray") {
    throw new Error(
      `A setting names ${choice.path}, which does not exist: correct or unset CARILLON_CHROMIUM(_SHELL).`,
    );
  }
  for (const way of choice.at === "found" ? [] : choice.ways) {
    console.log(`No Chromium for tests here; trying ${way === "apt" ? "Debian's packages" : "Playwright's download"}.`);
    await install[way]();
    choice = choose(look());
    if (choice.at === "found") break;
  }
  const browsers = browsersOf(choice);
  if (browsers !== undefined) return browsers;
  throw new Error(
    "No Chromium was found and none could be installed. Install one (Debian: apt-get install chromium " +
      "chromium-headless-shell; anywhere: npx playwright install chromium), or set CARILLON_CHROMIUM to the path of one.",
  );
}

function browsersOf(choice: Choice): Browsers | undefined {
  return choice.at === "found" || choice.at === "slow" ? choice.browsers : undefined;
}

function look(): Machine {
  const whole = asked("CARILLON_CHROMIUM");
  return {
    asked: { whole, shell: asked("CARILLON_CHROMIUM_SHELL") },
    playwrights: playwrights(chromium.executablePath()),
    // To start programs takes its time, and these would not be chosen.
    system: whole === undefined ? systems() : { whole: undefined, shell: undefined },
    isRoot,
    hasApt: onPath("apt-get").length > 0,
  };
}

function asked(setting: string): Asked | undefined {
  const path = process.env[setting];
  return path ? { path, exists: existsSync(path) } : undefined;
}

/** Playwright tells where its whole Chromium is to be; the shell of the same revision lies in the folder beside. */
function playwrights(whole: string): Found {
  const folder = dirname(dirname(whole));
  const beside = basename(folder).replace("chromium-", "chromium_headless_shell-");
  const [shell] = globSync(`${beside}/*/*headless*shell{,.exe}`, { cwd: dirname(folder) });
  return {
    whole: existsSync(whole) ? whole : undefined,
    shell: shell === undefined ? undefined : join(dirname(folder), shell),
  };
}

function systems(): Found {
  return { whole: NAMES.flatMap(onPath).find(runs), shell: SHELL_NAMES.flatMap(onPath).find(runs) };
}

function onPath(name: string): string[] {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, file)).filter((path) => existsSync(path));
}

/** Some systems have a `chromium-browser` that only tells how to install it. */
function runs(path: string): boolean {
  // On Windows `--version` opens a window instead.
  if (process.platform === "win32") return true;
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: RUNS_WITHIN_MS }).status === 0;
}

const install: Record<Way, () => Promise<unknown>> = {
  apt: async () => {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    const apt = (...args: string[]) => run(["apt-get", "-o", "DPkg::Lock::Timeout=120", ...args], { env });
    // An update that reached only some of its sources is no reason not to try.
    await apt("update");
    const debs = ["chromium", "chromium-headless-shell"];
    const code = await apt("install", "-y", "--no-install-recommends", ...debs);
    // Older releases have no shell of their own.
    if (code !== 0) await apt("install", "-y", "--no-install-recommends", "chromium");
  },
  playwright: () =>
    run(pnpm("--filter", "@carillon/e2e", "exec", "playwright", "install", "chromium"), { limit: DOWNLOAD_MS }),
};
