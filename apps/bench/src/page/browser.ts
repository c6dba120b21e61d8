import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumArgs, lookForBrowsers } from "@carillon/e2e/machine/chromium.ts";
import { carillon } from "../load/dialects/carillon.ts";

const BUILT = join(import.meta.dirname, "../../../web/dist/index.html");

/** @throws if there is no Chromium, or the page is not built. */
export async function openBrowser(): Promise<Browser> {
  const browsers = lookForBrowsers();
  if (browsers === undefined) throw new Error("There is no Chromium here: pnpm test gets one.");
  if (!existsSync(BUILT)) throw new Error("The page is not built: run pnpm build first.");
  return chromium.launch({ executablePath: browsers.whole, args: [...chromiumArgs] });
}

/** A tab of this user, in a profile of its own. Resolves when the page is there and online. */
export async function openTab(browser: Browser, port: number, uid: string): Promise<Page> {
  const page = await browser.newPage({ locale: "en", viewport: { width: 1_200, height: 780 } });
  const token = await carillon.credential(uid);
  await page.goto(`http://127.0.0.1:${port}/#token=${token}`);
  await page.getByRole("status").filter({ hasText: "Online" }).waitFor();
  return page;
}
