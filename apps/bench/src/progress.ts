import type { Writable } from "node:stream";
import type { Peer } from "./peers/peer.ts";
import { number } from "./report/numbers.ts";
import { faultOf, type Run } from "./run.ts";
import type { Scenario } from "./scenarios/scenario.ts";

/** Says what is going on, a line a run. */
export function progress(to: Writable) {
  return {
    onStart: (done: number, of: number, scenario: Scenario, peer: Peer) => {
      to.write(`${String(done + 1).padStart(4)}/${of}  ${scenario.name.padEnd(8)} ${peer.name.padEnd(20)} `);
    },
    onRun: ({ shown }: Scenario, run: Run) => {
      const figures = shown
        .slice(0, 2)
        .map(({ figure, title }) => `${number(run.figures[figure] ?? Number.NaN)} ${title}`);
      to.write(`${faultOf(run) ?? figures.join(", ")}\n`);
    },
    onFailure: (error: unknown) => {
      to.write(`failed: ${error instanceof Error ? error.message : String(error)}\n`);
    },
    onAbsent: () => {
      to.write("could not be had\n");
    },
  };
}
