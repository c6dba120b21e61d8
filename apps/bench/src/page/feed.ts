import type { Browser, CDPSession, Page } from "@playwright/test";
import { openTab } from "./browser.ts";

/** Milliseconds of the page's main thread, its own and not a busy machine's. */
export type FeedCost = { readonly fetchedMs: number; readonly perScreenMs: number; readonly drawnRows: number };

/** Opens the page of a user with many notifications, fetches all of them by scrolling, then goes through screen by screen. */
export async function costOfFeed(browser: Browser, port: number, uid: string): Promise<FeedCost> {
  const page = await openTab(browser, port, uid);
  await page.locator("[data-row]").first().waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.mouse.move(900, 500);

  const first = await busyMs(session);
  await page.evaluate(toEnd);
  const fetched = await busyMs(session);
  for (let turn = 0; turn < SCREENS; turn += 1) await scroll(page, turn < SCREENS / 2 ? -SCREEN_PX : SCREEN_PX);
  const scrolled = await busyMs(session);
  const drawnRows = await page.locator("[data-row]").count();
  return { fetchedMs: fetched - first, perScreenMs: (scrolled - fetched) / SCREENS, drawnRows };
}

const SCREENS = 60;
const SCREEN_PX = 700;

async function scroll(page: Page, pixels: number): Promise<void> {
  await page.mouse.wheel(0, pixels);
  await page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}

async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
}

/** In the page: follows the end of the inbox until it is the end. */
function toEnd(): Promise<void> {
  return new Promise((resolve) => {
    const pane = document.getElementById("pane-inbox");
    const follow = () => {
      if (pane === null) return resolve();
      const isThere = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 1;
      if (isThere && /Nothing is older|holds the newest/u.test(pane.textContent)) return resolve();
      pane.scrollTop = pane.scrollHeight;
      return void requestAnimationFrame(follow);
    };
    follow();
  });
}
