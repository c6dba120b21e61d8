import { appendFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bench } from "./bench.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { faultOf, type Run } from "./run.ts";

const options = optionsOrExit();
if (options === "help") process.stdout.write(HELP);
else await measure(options);

async function measure({ peers, scenarios, repetitions, size, out }: Options): Promise<void> {
  const raw = join(out, "results", "raw.jsonl");
  await mkdir(dirname(raw), { recursive: true });
  const scratch = join(import.meta.dirname, "../node_modules/.cache/bench");
  await mkdir(scratch, { recursive: true });
  const runs: Run[] = [];
  await bench(
    { peers, scenarios, repetitions, site: { size, scratch, seed: 1 } },
    {
      onStart: (done, of, scenario, peer) =>
        process.stdout.write(
          `${String(done + 1).padStart(4)}/${of}  ${scenario.name.padEnd(8)} ${peer.name.padEnd(20)} `,
        ),
      onRun: (run) => {
        runs.push(run);
        void appendFile(raw, `${JSON.stringify(run)}\n`);
        const [first] = scenarios.find(({ name }) => name === run.scenario)?.shown ?? [];
        const figure = first === undefined ? "" : `${run.figures[first.figure]?.toPrecision(4)} ${first.title}`;
        process.stdout.write(`${faultOf(run) ?? figure}\n`);
      },
      onFailure: (_scenario, _peer, error) => process.stdout.write(`failed: ${String(error)}\n`),
    },
  );
  process.exitCode = runs.some((run) => faultOf(run) !== undefined) ? 1 : 0;
}

function optionsOrExit(): Options | "help" {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
