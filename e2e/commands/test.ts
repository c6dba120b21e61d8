import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getBrowsers, known } from "../machine/chromium.ts";
import { compileCache } from "../machine/compile-cache.ts";
import { pnpm } from "../machine/pnpm.ts";
import { run } from "../machine/run.ts";
import { type Outcome, step, table } from "./step.ts";
import { checkCounts, type Counts, playwrightCounts, sentence, sum, vitestCounts } from "./tally.ts";

// Everything that must pass. The last line that is printed is the true sum, for people and machines alike.

process.chdir(join(import.meta.dirname, "../.."));
const reports = await mkdtemp(join(tmpdir(), "carillon-test-"));
const outcomes = await allSteps();
await rm(reports, { recursive: true });

const total = sum(outcomes.map(({ counts }) => counts));
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${table(outcomes)}\n\n${sentence(total)}`);

async function allSteps(): Promise<Outcome[]> {
  const types = await step("types", () => check("types"));
  const lint = await step("lint", () => check("lint"));
  const format = await step("format", () => check("exec", "oxfmt", "--check"));
  const tests = await step("tests", vitest);
  const build = await step("build", () => check("build"));
  const browser = await step("browser", () => playwright(build.counts.failed === 0));
  return [types, lint, format, tests, build, browser];
}

async function check(...args: readonly string[]): Promise<Counts> {
  return checkCounts(await run(pnpm(...args)));
}

async function vitest(): Promise<Counts> {
  const report = join(reports, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  // More workers than a small machine has processors: most tests wait for disks, sockets and other processes.
  const workers = "--maxWorkers=3";
  const command = pnpm("exec", "vitest", "run", workers, ...reporters);
  const code = await run(command, { env: compileCache });
  return vitestCounts(code, await read(report));
}

async function playwright(isBuilt: boolean): Promise<Counts> {
  if (!isBuilt)
    throw new Error("The page was not built, so no browser test was run: an older page would prove nothing.");
  const report = join(reports, "playwright.json");
  const env = { ...known(await getBrowsers()), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const code = await run(pnpm("--filter", "@carillon/e2e", "exec", "playwright", "test", "--reporter=list,json"), {
    env,
  });
  return playwrightCounts(code, await read(report));
}

/** A runner that crashed leaves no report, or half of one. */
async function read(report: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(report, "utf8"));
  } catch {
    return undefined;
  }
}
