import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";

/** As many as a page shows (the client's `HISTORY_LIMIT`). */
const COUNT = 10_000;

// Seen marks are entries, too: the log keeps more than the notifications alone.
test.use({ waiting: COUNT, settings: { CARILLON_KEEP_ENTRIES: String(2 * COUNT) } });

test("10,000 notifications: each can be reached, few are drawn, and a mark is shown at once", async ({ open }) => {
  test.setTimeout(300_000);
  const { page, rows } = await open("101", { apart: { viewport: { width: 1200, height: 780 } } });
  await expect(rows.first()).toContainText("Number 10000");
  await page.mouse.move(900, 500);

  const loading = await costOf(page, () => toEnd(page));
  await expect(rows.last()).toContainText("Number 1");
  const held = await page.locator("[data-row]").last().getAttribute("aria-setsize");
  expect(Number(held)).toBeGreaterThan(8_000); // Threads stand in one row each.

  const scrolling = await costOf(page, async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      await page.mouse.wheel(0, turn < TURNS / 2 ? -SCREEN : SCREEN);
      await page.evaluate(nextFrame);
    }
  });
  const drawn = await page.locator("[data-row]").count();
  expect(drawn).toBeLessThan(80);

  const marking = await costOf(page, async () => {
    const row = page.locator("[data-row]").last();
    await row.focus();
    await page.keyboard.press("Shift+I");
    await expect(row).not.toContainText("unread");
  });
  console.log(
    [
      `10,000 notifications, ${held} rows, ${drawn} of them drawn; milliseconds of the page's main thread:`,
      `  fetching all of them, 50 at a time, at the end of the list: ${told(loading)}`,
      `  ${TURNS} screens of scrolling: ${told(scrolling)}, ${(scrolling.busy / TURNS).toFixed(1)} a screen`,
      `  marking one read: ${told(marking)}`,
    ].join("\n"),
  );
  // What a reader would feel; the machine may be busy with other things besides.
  expect(scrolling.busy / TURNS).toBeLessThan(100);
});

const TURNS = 60;
const SCREEN = 700;

type Cost = { readonly busy: number; readonly longest: number; readonly longTasks: number };

function told({ busy, longest, longTasks }: Cost): string {
  return `${Math.round(busy)} in all, ${longTasks} tasks over 50, the longest ${Math.round(longest)}`;
}

/** What something costs the page: its script, style and layout, and its long tasks. */
async function costOf(page: Page, work: () => Promise<unknown>): Promise<Cost> {
  const session = await page.context().newCDPSession(page);
  // The time of the thread itself, not of a machine that is busy with other things.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busyUntilNow = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  await page.evaluate(() => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ type: "longtask" });
    Object.assign(globalThis, { longTasks: tasks });
  });
  const before = await busyUntilNow();
  await work();
  const busy = (await busyUntilNow()) - before;
  await session.detach();
  const tasks: number[] = await page.evaluate(() => Reflect.get(globalThis, "longTasks"));
  return { busy, longest: Math.max(0, ...tasks), longTasks: tasks.length };
}

/** Follows the end of the inbox until it is the end. */
function toEnd(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const pane = document.getElementById("pane-inbox");
        const follow = () => {
          if (pane === null) return resolve();
          const isThere = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 1;
          if (isThere && /Nothing is older|holds the newest/u.test(pane.textContent)) return resolve();
          pane.scrollTop = pane.scrollHeight;
          requestAnimationFrame(follow);
        };
        follow();
      }),
  );
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
