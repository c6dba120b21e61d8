import { join } from "node:path";
import { parseArgs } from "node:util";
import { PEERS } from "./peers/all.ts";
import type { Peer } from "./peers/peer.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { FULL, QUICK, type Size } from "./size.ts";

export type Options = {
  readonly peers: readonly Peer[];
  readonly scenarios: readonly Scenario[];
  readonly repetitions: number;
  readonly size: Size;
  /** Where the report goes, its raw results beside it. */
  readonly out: string;
  /** Raw results that are only to be reported. */
  readonly report: string | undefined;
};

export const HELP = `Measures Carillon beside its peers, in one run.

  pnpm bench                     everything, 5 times over: hours; writes RESULTS.md
  pnpm bench --quick             to see that it works: under two minutes, and nothing to judge speed by
  --peers carillon,ws            some of: ${PEERS.map(({ name }) => name).join(", ")}
  --scenarios w1,w16             some of: ${SCENARIOS.map(({ name }) => name).join(", ")}
  --reps 5                       repetitions
  --out FOLDER                   where report, plots and raw results go
  --report results/raw.jsonl     writes the report of results that are there
`;

/** @throws Error with what is wrong. */
export function readOptions(args: readonly string[]): Options | "help" {
  const { values } = parseArgs({ args: [...args], options: FLAGS });
  if (values.help) return "help";
  const isQuick = values.quick === true;
  return {
    peers: chosen("peer", PEERS, values.peers ?? (isQuick ? QUICK_PEERS : undefined)),
    scenarios: chosen("scenario", SCENARIOS, values.scenarios ?? (isQuick ? QUICK_SCENARIOS : undefined)),
    repetitions: repetitionsIn(values.reps ?? (isQuick ? "1" : "5")),
    size: isQuick ? QUICK : FULL,
    out: values.out ?? (isQuick ? join(ROOM, "results/quick") : ROOM),
    report: values.report,
  };
}

const ROOM = join(import.meta.dirname, "..");
const FLAGS = {
  help: { type: "boolean" },
  quick: { type: "boolean" },
  peers: { type: "string" },
  scenarios: { type: "string" },
  reps: { type: "string" },
  out: { type: "string" },
  report: { type: "string" },
} as const;
const QUICK_PEERS = "carillon,ws,socket.io";
/** Without those that start more hubs for the same code: a test does them, smaller. */
const QUICK_SCENARIOS = "w16,rate,connect,fan-out,storm,growth,resume";

function chosen<T extends { readonly name: string }>(
  what: string,
  all: readonly T[],
  names: string | undefined,
): readonly T[] {
  if (names === undefined) return all;
  return names.split(",").map((name) => {
    const found = all.find((each) => each.name === name);
    if (found === undefined) throw new Error(`There is no ${what} ${name}.\n\n${HELP}`);
    return found;
  });
}

function repetitionsIn(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100) throw new Error("--reps is a whole number from 1 to 100.");
  return count;
}
