import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bench } from "./bench.ts";
import { beginJournal, note, readJournal } from "./journal.ts";
import { describeMachine } from "./machine/description.ts";
import { PEERS } from "./peers/all.ts";
import { writeReport } from "./report/write.ts";
import { faultOf, type Run } from "./run.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import { TINY } from "./size.ts";

// That the bench works, never how fast anything is. It reads what Linux tells of processes.

const LIMIT_MS = 180_000;
const here = PEERS.filter(({ name }) => ["carillon", "ws", "socket.io"].includes(name));
/** W=1 is W=16 with less; the page has tests of its own, in a browser. */
const scenarios = SCENARIOS.filter(({ name }) => name !== "w1" && name !== "page");
const runs: Run[] = [];
const failures: unknown[] = [];
let folder = "";

beforeAll(async () => {
  if (process.platform !== "linux") return;
  folder = await mkdtemp(join(tmpdir(), "carillon-bench-"));
  const plan = { peers: here, scenarios, repetitions: 1, site: { size: TINY, scratch: folder, seed: 1 } };
  await bench(plan, {
    onStart: () => {},
    onRun: (_scenario, run) => void runs.push(run),
    onFailure: (error) => failures.push(error),
    onAbsent: () => failures.push("absent"),
  });
}, LIMIT_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

it.skipIf(process.platform !== "linux")(
  "every scenario measures all whom it suits, and no send is lost, doubled or damaged",
  () => {
    expect(failures).toEqual([]);
    const wanted = scenarios.flatMap((scenario) =>
      here.filter(scenario.suits).map(({ name }) => `${scenario.name} ${name}`),
    );
    expect(runs.map(({ scenario, peer }) => `${scenario} ${peer}`)).toEqual(wanted);
    expect(runs.flatMap((run) => faultOf(run) ?? [])).toEqual([]);
    for (const { balance } of runs.filter(({ scenario }) =>
      ["w16", "rate", "fan-out", "growth", "resume"].includes(scenario),
    ))
      expect(balance.sent).toBeGreaterThan(0);
  },
);

it.skipIf(process.platform !== "linux")("every figure that the report shows is there", () => {
  for (const { scenario, figures } of runs) {
    const shown = scenarios.find(({ name }) => name === scenario)?.shown ?? [];
    expect(Object.keys(figures)).toEqual(expect.arrayContaining(shown.map(({ figure }) => figure)));
  }
  for (const { peer, figures } of runs)
    if (peer === "carillon") expect(figures).not.toHaveProperty("loopDelayP99Ms", Number.NaN);
});

it.skipIf(process.platform !== "linux")("the report has a row for each run, from the raw results alone", async () => {
  const raw = join(folder, "raw.jsonl");
  await beginJournal(raw, { machine: await describeMachine(folder), isQuick: true });
  for (const run of runs) await note(raw, run);
  await writeReport(folder, { ...(await readJournal(raw)), scenarios: SCENARIOS, peers: PEERS });
  const report = await readFile(join(folder, "RESULTS.md"), "utf8");
  for (const { scenario, peer } of runs) expect(report.split(`## ${scenario}\n`)[1]).toContain(`\n| ${peer} | `);
  expect(report).toContain("says nothing of speed");
  expect(await readFile(join(folder, "plots/w16.svg"), "utf8")).toContain("</svg>");
});
