import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Machine } from "./machine/description.ts";
import type { Run } from "./run.ts";

export type Journal = { readonly machine: Machine; readonly runs: readonly Run[] };

/** The raw results: the machine in the first line, then a line a run, as they come, so that nothing is lost with the last one. */
export async function beginJournal(file: string, machine: Machine): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, line(machine));
}

export function note(file: string, run: Run): Promise<void> {
  return appendFile(file, line(run));
}

export async function readJournal(file: string): Promise<Journal> {
  const [first = "", ...rest] = (await readFile(file, "utf8")).trim().split("\n");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a file that this module wrote.
  return { machine: JSON.parse(first) as Machine, runs: rest.map((text) => JSON.parse(text) as Run) };
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
