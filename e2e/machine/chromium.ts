import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { choose, launchArgs, type Machine, type Way } from "./choice.ts";
import { pnpm } from "./pnpm.ts";
import { run } from "./run.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const RUNS_WITHIN_MS = 10_000;
const DOWNLOAD_MS = 180_000;
const isRoot = process.getuid?.() === 0;

export const chromiumArgs = launchArgs(isRoot);

/** The path of a Chromium that is here. Installs nothing. */
export function lookForChromium(): string | undefined {
  const choice = choose(look());
  return choice.at === "found" ? choice.path : undefined;
}

/** The path of a Chromium, installed if there was none. Throws a sentence that says how to get one if that failed too. */
export async function getChromium(): Promise<string> {
  const choice = choose(look());
  if (choice.at === "found") return choice.path;
  if (choice.at === "astray") {
    throw new Error(`CARILLON_CHROMIUM names ${choice.path}, which does not exist. Correct it or unset it.`);
  }
  for (const way of choice.ways) {
    console.log(`No Chromium here; trying ${way === "apt" ? "Debian's package" : "Playwright's download"}.`);
    await install[way]();
    const path = lookForChromium();
    if (path !== undefined) return path;
  }
  throw new Error(
    "No Chromium was found and none could be installed. Install one (Debian: apt-get install chromium; anywhere: " +
      "npx playwright install chromium), or set CARILLON_CHROMIUM to the path of one.",
  );
}

function look(): Machine {
  const asked = process.env["CARILLON_CHROMIUM"];
  const playwrights = chromium.executablePath();
  return {
    asked: asked ? { path: asked, exists: existsSync(asked) } : undefined,
    playwrights: existsSync(playwrights) ? playwrights : undefined,
    system: NAMES.flatMap(onPath).find(runs),
    isRoot,
    hasApt: onPath("apt-get").length > 0,
  };
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
    await apt("install", "-y", "--no-install-recommends", "chromium");
  },
  playwright: () =>
    run(pnpm("--filter", "@carillon/e2e", "exec", "playwright", "install", "chromium"), { limit: DOWNLOAD_MS }),
};
