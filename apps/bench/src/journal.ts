import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Machine } from "./machine/description.ts";
import type { Run } from "./run.ts";

/** What holds for all runs. */
export type Circumstances = { readonly machine: Machine; readonly isQuick: boolean };
export type Journal = Circumstances & { readonly runs: readonly Run[] };

/** The raw results: the circumstances in the first line, then a line a run, as they come, so that nothing is lost with the last one. */
export async function beginJournal(file: string, circumstances: Circumstances): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, line(circumstances));
}

export function note(file: string, run: Run): Promise<void> {
  return appendFile(file, line(run));
}

export async function readJournal(file: string): Promise<Journal> {
  const [first = "", ...rest] = (await readFile(file, "utf8")).trim().split("\n");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a file that this module wrote.
  return { ...(JSON.parse(first) as Circumstances), runs: rest.map((text) => JSON.parse(text) as Run) };
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
