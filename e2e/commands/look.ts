import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium } from "@playwright/test";
import { Hub } from "../fixtures/hub.ts";
import { DELIVERED, Tab } from "../fixtures/tab.ts";
import { chromiumArgs, getChromium } from "../machine/chromium.ts";

// `pnpm look [FOLDER]`: pictures of the page as people see it, in both themes and languages, wide and narrow.

const folder = process.argv[2] ?? "apps/web/pictures";
const place = await mkdtemp(join(tmpdir(), "carillon-look-"));
await mkdir(folder, { recursive: true });
const hub = await Hub.in(place, {});
const browser = await chromium.launch({ executablePath: await getChromium(), args: chromiumArgs });
try {
  await photograph(browser, "empty-light", { colorScheme: "light" }, "200");
  await converse(browser);
  for (const colorScheme of ["light", "dark"] as const) {
    await photograph(browser, `wide-${colorScheme}`, { colorScheme }, "101", ringFrom("100"));
    await photograph(
      browser,
      `narrow-${colorScheme}`,
      { colorScheme, viewport: { width: 390, height: 780 } },
      "101",
      ringFrom("100"),
    );
  }
  await photograph(browser, "wide-zh-CN", { colorScheme: "light", locale: "zh-CN" }, "101", ringFrom("100"));
  await photograph(
    browser,
    "narrowest-zh-CN",
    { colorScheme: "dark", locale: "zh-CN", viewport: { width: 320, height: 640 } },
    "101",
  );
  await photograph(browser, "offline-light", { colorScheme: "light" }, "101", async (tab) => {
    await hub.kill();
    await tab.online.waitFor({ state: "hidden" });
    await tab.send("100", "This one waits until the hub is back.");
  });
} finally {
  await browser.close();
  await hub.kill();
  await rm(place, { recursive: true });
}

/** Something for both to look at: long and short, right-to-left, in a thread, delivered and not. */
async function converse(on: Browser): Promise<void> {
  const [a, b] = await Promise.all([visit(on, {}, "100"), visit(on, {}, "101")]);
  await a.send("101", "I read your comment on the timetable. The second bell should ring a quarter earlier, I think.");
  await b.send("100", "Agreed. I will move it tonight.");
  await a.send("101", "谢谢！我也更新了说明页。");
  await a.send(
    "101",
    `${"A long one, to see where it is cut and what stands behind the fold. ".repeat(9)}\n\nAnd a second paragraph.`,
  );
  await b.send(
    "a-colleague-with-a-rather-long-name-that-does-not-fit",
    "Could you look at the third bell? It sounds flat.",
  );
  await a.send("101", "שלום, והנה משהו מימין לשמאל");
  await b.sent("Agreed. I will move it tonight.").getByText(DELIVERED).waitFor();
  await Promise.all([a, b].map(({ page }) => page.context().close()));
}

function ringFrom(uid: string): (tab: Tab) => Promise<void> {
  return async (tab) => {
    const sender = await visit(browser, {}, uid);
    const text = "The third bell is tuned. Come and listen when you have a minute.";
    await sender.send("101", text);
    await tab.page.getByText(text).last().waitFor();
    await sender.page.context().close();
  };
}

async function photograph(
  on: Browser,
  name: string,
  options: BrowserContextOptions,
  uid: string,
  prepare = async (_tab: Tab) => {},
) {
  const tab = await visit(on, options, uid);
  await prepare(tab);
  await tab.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
  await tab.page.screenshot({ path: join(folder, `${name}.png`) });
  await tab.page.context().close();
}

async function visit(on: Browser, options: BrowserContextOptions, uid: string): Promise<Tab> {
  const context = await on.newContext({ locale: "en-US", viewport: { width: 1200, height: 780 }, ...options });
  const page = await context.newPage();
  await page.goto(`${hub.url}/?uid=${uid}`);
  await page
    .getByRole("status")
    .filter({ hasText: /Online|在线/u })
    .waitFor();
  return new Tab(page);
}
