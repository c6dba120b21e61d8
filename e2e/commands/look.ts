import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContextOptions, chromium } from "@playwright/test";
import { Hub } from "../fixtures/hub.ts";
import { Tab } from "../fixtures/tab.ts";
import { pastOf, READER } from "../look/past.ts";
import { FURTHER_SCREENS, SCREENS } from "../look/screens.ts";
import { AWAY, LATEST, ringOnce, type View, VIEWS } from "../look/views.ts";
import { chromiumArgs, getBrowsers } from "../machine/chromium.ts";

// `pnpm look [FOLDER [PART]]`: pictures of the page as people see it, in both themes and languages, wide and narrow; or only
// those whose names hold PART.

const [folder = "apps/web/pictures", part = ""] = process.argv.slice(2);
const place = await mkdtemp(join(tmpdir(), "carillon-look-"));
const otherPlace = await mkdtemp(join(tmpdir(), "carillon-look-"));
await mkdir(folder, { recursive: true });
await pastOf(place);
const hub = await Hub.in(place, { CARILLON_SENDS_PER_SECOND: "0" });
const latest = await Hub.in(otherPlace, { CARILLON_CONNECTIONS: "latest" });
/** Each picture but those of README is of a user of its own. */
let users = 0;
const { whole } = await getBrowsers();
const browser = await chromium.launch({ executablePath: whole, args: chromiumArgs });
try {
  for (const [screen, options] of Object.entries({ ...SCREENS, ...FURTHER_SCREENS })) {
    await photograph(hub, screen, options, READER, { on: ringOnce });
  }
  await photographAll(hub, VIEWS);
  await photographAll(latest, LATEST);
  await photographAll(hub, AWAY);
} finally {
  await browser.close();
  for (const one of [hub, latest]) await one.kill();
  for (const folderOf of [place, otherPlace]) await rm(folderOf, { recursive: true });
}

async function photographAll(at: Hub, views: Readonly<Record<string, View>>): Promise<void> {
  for (const [name, view] of Object.entries(views)) {
    for (const [screen, options] of Object.entries(SCREENS)) {
      if (view.isNarrow === true && options.viewport.width >= 960) continue;
      await photograph(at, `${name}-${screen}`, options, `${READER}-${++users}`, view);
    }
  }
}

async function photograph(at: Hub, name: string, options: BrowserContextOptions, uid: string, view: View) {
  if (!name.includes(part)) return;
  if (Number.isNaN(at.pid)) await at.start();
  await view.before?.(at.url, uid);
  const context = await browser.newContext(options);
  const tab = new Tab(await context.newPage());
  await tab.page.goto(`${at.url}/?uid=${encodeURIComponent(uid)}`);
  await tab.page.locator("#compose-to, #tab-inbox").first().waitFor();
  await tab.page
    .getByRole("status")
    .filter({ hasText: /Online|在线/u })
    .waitFor();
  await tab.page.waitForLoadState("networkidle");
  const takeBack = await view.on?.(tab, at, uid);
  await tab.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
  await tab.page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  await takeBack?.();
}
