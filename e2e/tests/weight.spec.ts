import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";

/**
 * Bytes of gzip: of the scripts that the page needs to come up, of all that a first visit fetches by itself, of those with a name
 * of their own, and of each other one.
 */
type Budget = {
  readonly comingUp: number;
  readonly firstVisit: number;
  readonly scripts: Readonly<Record<string, number>>;
  readonly shared: number;
};

test("a first visit fetches no more JavaScript than its budget, all that comes without a click counted", async ({
  context,
  open,
}) => {
  const budget: Budget = JSON.parse(await readFile(join(import.meta.dirname, "../../apps/web/budget.json"), "utf8"));
  const scripts = new Map<string, Promise<number>>();
  context.on("response", (response) => {
    const name = nameOf(response.url());
    if (name !== undefined)
      scripts.set(
        name,
        response.body().then((body) => gzipSync(body).length),
      );
  });
  const tab = await open("101");
  await tab.send("101", "A note to myself"); // Toasts are part of it, however they come.
  await expect(tab.toast("A note to myself")).toBeVisible();
  await tab.page.waitForLoadState("networkidle");

  const sizes = Object.fromEntries(
    await Promise.all([...scripts].map(async ([name, size]) => [name, await size] as const)),
  );
  const comingUp = sumOf(namesIn(await readFile(join(DIST, "index.html"), "utf8")), sizes);
  const firstVisit = sumOf(Object.keys(sizes), sizes);
  console.log(`${comingUp} bytes of JavaScript (gzip) bring the page up, a first visit fetches ${firstVisit}:`, sizes);
  expect(comingUp).toBeLessThanOrEqual(budget.comingUp);
  expect(firstVisit).toBeLessThanOrEqual(budget.firstVisit);
  for (const [name, size] of Object.entries(sizes))
    expect(size, name).toBeLessThanOrEqual(budget.scripts[name] ?? budget.shared);
});

const DIST = join(import.meta.dirname, "../../apps/web/dist");

/** What a script is called, without the hash of its content; undefined for what is no script. */
function nameOf(url: string): string | undefined {
  return /\/([\w-]+?)(?:-[\w-]{8})?\.js$/u.exec(url)?.[1];
}

/** The scripts that a document names: what has to be here before the page can come up. */
function namesIn(html: string): readonly string[] {
  return [...html.matchAll(/(?:src|href)="([^"]+\.js)"/gu)].flatMap(([, url = ""]) => nameOf(url) ?? []);
}

function sumOf(names: readonly string[], sizes: Readonly<Record<string, number>>): number {
  return names.reduce((sum, name) => sum + (sizes[name] ?? Infinity), 0);
}

for (const [where, viewport] of [
  ["a wide screen", { width: 1200, height: 800 }],
  ["a phone", { width: 390, height: 780 }],
] as const) {
  test(`nothing shifts while the page comes up on ${where}`, async ({ hub, open, program, browser }) => {
    const author = await program("100");
    await author.send(...Array.from({ length: 5 }, (_, n) => ({ to: "101", text: `Number ${n}` })));
    await (await open("101", { apart: true })).page.getByText("Number 4").first().waitFor(); // They have rung.
    const page = await (await browser.newContext({ viewport })).newPage();
    await page.addInitScript(COUNT_SHIFTS);
    await page.goto(`${hub.url}/?uid=101`);
    await expect(page.getByRole("status").filter({ hasText: "Online" })).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(await shiftOf(page)).toBeLessThan(0.01);
  });
}

const COUNT_SHIFTS = `globalThis.shift = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) globalThis.shift += one.value; })
  .observe({ type: "layout-shift", buffered: true });`;

function shiftOf(page: Page): Promise<number> {
  return page.evaluate(() => Reflect.get(globalThis, "shift"));
}
