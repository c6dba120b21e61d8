import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";

/**
 * Bytes of gzip: of the scripts that the page needs to come up, of all that a first visit fetches by itself, of those that have a
 * name here, and of each other one.
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
  const paths = new Set<string>();
  context.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (nameOf(pathname) !== undefined) paths.add(pathname);
  });
  const tab = await open("101");
  await tab.send("101", "A note to myself"); // Toasts are part of it, however they come.
  await expect(tab.toast("A note to myself")).toBeVisible();
  await tab.page.waitForLoadState("networkidle");

  const sizes: Record<string, number> = {};
  for (const path of paths) {
    const name = nameOf(path) ?? path;
    sizes[name] = (sizes[name] ?? 0) + gzipSync(await readFile(join(DIST, path))).length;
  }
  const comingUp = sumOf(namesIn(await readFile(join(DIST, "index.html"), "utf8")), sizes);
  const firstVisit = sumOf(new Set(Object.keys(sizes)), sizes);
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

/** The scripts that a document names, other than for later: what has to be here before the page can come up. */
function namesIn(html: string): ReadonlySet<string> {
  const links = html.matchAll(/<(?:script|link rel="modulepreload")[^>]* (?:src|href)="([^"]+\.js)"/gu);
  return new Set([...links].flatMap(([, url = ""]) => nameOf(url) ?? []));
}

function sumOf(names: ReadonlySet<string>, sizes: Readonly<Record<string, number>>): number {
  return [...names].reduce((sum, name) => sum + (sizes[name] ?? Infinity), 0);
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
