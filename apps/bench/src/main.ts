import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { bench } from "./bench.ts";
import { beginJournal, note, readJournal } from "./journal.ts";
import { describeMachine } from "./machine/description.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { PEERS } from "./peers/all.ts";
import { progress } from "./progress.ts";
import { writeReport } from "./report/write.ts";
import { faultOf } from "./run.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import { QUICK } from "./size.ts";

/** On the disk of the checkout, not in memory as /tmp may be. */
const SCRATCH = join(import.meta.dirname, "../node_modules/.cache/bench");

const options = optionsOrExit();
if (options === "help") process.stdout.write(HELP);
else if (options.report === undefined) await measure(options);
else await report(options.report, options.out);

async function measure({ peers, scenarios, repetitions, size, out }: Options): Promise<void> {
  await mkdir(SCRATCH, { recursive: true });
  const raw = join(out, "results", `${new Date().toISOString().replaceAll(":", "-")}.jsonl`);
  await beginJournal(raw, { machine: await describeMachine(SCRATCH), isQuick: size === QUICK });
  const told = progress(process.stdout);
  await bench(
    { peers, scenarios, repetitions, site: { size, scratch: SCRATCH, seed: 1 } },
    {
      ...told,
      onFailure: (error) => {
        told.onFailure(error);
        process.exitCode = 1;
      },
      onRun: async (scenario, run) => {
        told.onRun(scenario, run);
        await note(raw, run);
      },
    },
  );
  await report(raw, out);
}

async function report(raw: string, out: string): Promise<void> {
  const journal = await readJournal(raw);
  const { runs } = journal;
  await writeReport(out, { ...journal, scenarios: SCENARIOS, peers: PEERS });
  process.stdout.write(`\n${join(out, "RESULTS.md")}\n`);
  if (runs.length === 0 || runs.some((run) => faultOf(run) !== undefined)) process.exitCode = 1;
}

function optionsOrExit(): Options | "help" {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
