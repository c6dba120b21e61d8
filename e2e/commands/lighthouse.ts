import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig, type Result } from "lighthouse";
import { Hub } from "../fixtures/hub.ts";
import { Program } from "../fixtures/program.ts";
import { chromiumArgs, getBrowsers } from "../machine/chromium.ts";
import { freePort } from "../machine/port.ts";

// `pnpm lighthouse`: how Lighthouse judges the built page, on a phone and on a desk, signed in and not. Fails below `LEAST`.

const LEAST = 95;
/** Attempts: what else the machine does can only make a page look slower, so the best of them counts. */
const ATTEMPTS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;
const SCREENS = { phone: undefined, desk: desktopConfig };
const PAGES = { "sign-in": "/", inbox: "/?uid=101" };
/** Metrics that performance is made of. */
const METRICS = [
  "first-contentful-paint",
  "largest-contentful-paint",
  "total-blocking-time",
  "cumulative-layout-shift",
];

const place = await mkdtemp(join(tmpdir(), "carillon-lighthouse-"));
const hub = await Hub.in(place, {});
const port = await freePort();
const { whole } = await getBrowsers();
const browser = await chromium.launch({
  executablePath: whole,
  args: [...chromiumArgs, `--remote-debugging-port=${port}`],
});
let isGood = true;
try {
  const author = await Program.of(hub.url, "100");
  await author.send(...Array.from({ length: 10 }, (_, n) => ({ to: "101", text: `Notification ${n + 1}` })));
  author.close();
  for (const screen of ["phone", "desk"] as const) {
    for (const page of ["sign-in", "inbox"] as const) await judge(screen, page);
  }
} finally {
  await browser.close();
  await hub.kill();
  await rm(place, { recursive: true });
}
process.exitCode = isGood ? 0 : 1;

async function judge(screen: keyof typeof SCREENS, page: keyof typeof PAGES): Promise<void> {
  let best = await measured(screen, page);
  for (let attempt = 2; attempt <= ATTEMPTS && worst(best) < LEAST; attempt++) {
    const next = await measured(screen, page);
    if (worst(next) > worst(best)) best = next;
  }
  const { audits, environment } = best;
  const scores = CATEGORIES.map((name) => `${name} ${scoreOf(best, name)}`);
  const metrics = METRICS.map((name) => `${name} ${audits[name]?.displayValue ?? "?"}`);
  console.log(
    `${page}, ${screen}: ${[...scores, ...metrics, `benchmark index ${environment.benchmarkIndex}`].join(", ")}`,
  );
  if (worst(best) >= LEAST) return;
  isGood = false;
  for (const name of CATEGORIES) if (scoreOf(best, name) < LEAST) explain(best, name);
}

async function measured(screen: keyof typeof SCREENS, page: keyof typeof PAGES): Promise<Result> {
  const flags = { port, logLevel: "error" as const, onlyCategories: [...CATEGORIES] };
  const result = await lighthouse(`${hub.url}${PAGES[page]}`, flags, SCREENS[screen]);
  if (result === undefined) throw new Error("Lighthouse gave no result.");
  return result.lhr;
}

function scoreOf({ categories }: Result, name: (typeof CATEGORIES)[number]): number {
  return Math.round((categories[name]?.score ?? 0) * 100);
}

function worst(result: Result): number {
  return Math.min(...CATEGORIES.map((name) => scoreOf(result, name)));
}

function explain({ categories, audits }: Result, name: (typeof CATEGORIES)[number]): void {
  for (const { id } of categories[name]?.auditRefs ?? []) {
    const { score, title, displayValue = "" } = audits[id] ?? { score: null, title: id };
    if (score !== null && score < 0.9) console.log(`  ${id}: ${title} ${displayValue}`);
  }
}
