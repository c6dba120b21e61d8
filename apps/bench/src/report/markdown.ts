import type { Journal } from "../journal.ts";
import type { Machine } from "../machine/description.ts";
import type { Peer } from "../peers/peer.ts";
import { faultOf, type Run } from "../run.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { number, spread } from "./numbers.ts";
import { type Condition, isMet, SPEEDS } from "./speeds.ts";
import { figuresOf, ratioOf, type Results } from "./spread.ts";

export type Report = Journal & {
  /** In the order in which they are shown. */
  readonly scenarios: readonly Scenario[];
  readonly peers: readonly Peer[];
  /** A picture for a scenario, where there is one. */
  readonly plotOf: (scenario: Scenario) => string | undefined;
};

/** What was measured, as a page. */
export function markdown(report: Report): string {
  const measured = report.scenarios.filter(({ name }) => report.runs.some(({ scenario }) => scenario === name));
  return `# Results

Written by \`pnpm bench\`. Each figure is the median [least..most] of its repetitions; a ratio is Carillon's figure divided by the peer's, repetition by repetition, within minutes of each other. Compare ratios, never figures of two machines.

${machineOf(report.machine)}
${report.isQuick ? "\n**The quick form: it shows that the bench works, and says nothing of speed.**\n" : ""}
## The speeds to reach

| | must | goal |
|---|---|---|
${SPEEDS.map(({ title, must, goal }) => `| ${title} | ${cell(must, report)} | ${cell(goal, report)} |`).join("\n")}

${measured.map((scenario) => section(scenario, report)).join("\n\n")}

## What became of every send

Lost, doubled, damaged (came back other than it went) and cut (a connection that ended by itself) have to be 0, or the run counts as failed and stands in no table above.

${ledger(report, measured)}

## The hub's event loop

p99 of the time that a task had to wait, by Carillon's own metrics, over all of a scenario, its connections' coming included.

${table(
  ["", "p99 ms"],
  measured.flatMap((scenario) => delayOf(scenario, report)),
)}

## Who was measured

${report.peers.map((peer) => `- **${peer.name}**: ${peer.about}${wasThere(peer, report) ? "" : ". *Not measured here.*"}`).join("\n")}
`;
}

function machineOf({ cores, processor, memoryGb, system, node, isPinned, syncP50Ms, syncP99Ms }: Machine): string {
  const pins = isPinned ? "the server on one core, the load on another" : "nothing pinned";
  return `**Machine:** ${cores} × ${processor}, ${memoryGb} GB, ${system}, Node ${node}; ${pins}; 4 KiB are on the disk (fdatasync) after ${number(syncP50Ms)} ms, p99 ${number(syncP99Ms)} ms.`;
}

function cell(conditions: readonly Condition[], results: Results): string {
  return conditions
    .map((condition) => {
      const value = condition.value(results);
      if (value === undefined) return `${condition.text}: not measured`;
      return `${condition.text}: **${isMet(condition, value) ? "met" : "not met"}**, ${spread(value)}`;
    })
    .join("<br>");
}

function section(scenario: Scenario, report: Report): string {
  const [first] = scenario.shown;
  const peers = report.peers.filter((peer) =>
    report.runs.some((run) => run.scenario === scenario.name && run.peer === peer.name),
  );
  const plot = report.plotOf(scenario);
  const titles = [...scenario.shown.map(({ title }) => title), "Carillon ÷ peer", "load CPU", "foreign CPU"];
  const row = ({ name }: Peer) => [
    name,
    ...scenario.shown.map(({ figure }) => spread(figuresOf(report, scenario.name, name, figure))),
    name === "carillon" || first === undefined ? "" : spread(ratioOf(report, scenario.name, first.figure, name)),
    spread(figuresOf(report, scenario.name, name, "generatorCpu")),
    spread(figuresOf(report, scenario.name, name, "foreignCpu")),
  ];
  return `## ${scenario.name}

${scenario.about}
${plot === undefined ? "" : `\n![${scenario.name}](${plot})\n`}
${table(["", ...titles], peers.map(row))}`;
}

function ledger({ runs, peers }: Report, scenarios: readonly Scenario[]): string {
  const rows = scenarios.flatMap(({ name }) =>
    peers.flatMap((peer) => {
      const all = runs.filter((run) => run.scenario === name && run.peer === peer.name);
      const sum = (what: keyof Run["balance"]) => number(all.reduce((total, { balance }) => total + balance[what], 0));
      if (all.every(({ balance }) => balance.sent === 0 && balance.cut === 0)) return [];
      const failed = all.filter((run) => faultOf(run) !== undefined).length;
      const counts = (["sent", "acknowledged", "delivered", "lost", "doubled", "damaged", "cut"] as const).map(sum);
      return [[name, peer.name, ...counts, `${failed} of ${all.length}`]];
    }),
  );
  return table(["", "", "sent", "acknowledged", "delivered", "lost", "doubled", "damaged", "cut", "failed runs"], rows);
}

function delayOf({ name }: Scenario, report: Report): readonly (readonly string[])[] {
  const delay = figuresOf(report, name, "carillon", "loopDelayP99Ms");
  return delay === undefined ? [] : [[name, spread(delay)]];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function wasThere({ name }: Peer, { runs }: Report): boolean {
  return runs.some(({ peer }) => peer === name);
}
