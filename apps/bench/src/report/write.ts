import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Journal } from "../journal.ts";
import type { Peer } from "../peers/peer.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { markdown } from "./markdown.ts";
import { barPlot } from "./plot.ts";
import { figuresOf } from "./spread.ts";

export type Measured = Journal & {
  readonly scenarios: readonly Scenario[];
  readonly peers: readonly Peer[];
};

/** Writes RESULTS.md, and a plot for each scenario in which somebody is compared, into this folder. */
export async function writeReport(out: string, measured: Measured): Promise<void> {
  await mkdir(join(out, PLOTS), { recursive: true });
  const plots = new Map(measured.scenarios.flatMap((scenario) => plotOf(scenario, measured)));
  for (const [{ name }, svg] of plots) await writeFile(join(out, PLOTS, `${name}.svg`), svg);
  const file = (scenario: Scenario) => (plots.has(scenario) ? `${PLOTS}/${scenario.name}.svg` : undefined);
  await writeFile(join(out, "RESULTS.md"), markdown({ ...measured, plotOf: file }));
}

const PLOTS = "plots";

function plotOf(scenario: Scenario, measured: Measured): readonly (readonly [Scenario, string])[] {
  const [first] = scenario.shown;
  if (first === undefined) return [];
  const bars = measured.peers.flatMap(({ name }) => {
    const spread = figuresOf(measured, scenario.name, name, first.figure);
    return spread === undefined ? [] : [{ name, spread, isOurs: name === "carillon" }];
  });
  const unit = `${first.title}; ${first.better} is better`;
  return bars.length < 2 ? [] : [[scenario, barPlot(scenario.about, unit, bars)]];
}
