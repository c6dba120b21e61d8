import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** Whether a program can be held on one core, and there is another one for the load. */
export const canPin = availableParallelism() > 1 && spawnSync("taskset", ["-c", "0", "true"]).status === 0;

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

export type Command = readonly [string, ...string[]];

/** The command that does the same on one core, where the system allows it. */
export function pinned(core: number, command: Command): Command {
  return canPin ? ["taskset", "-c", String(core), ...command] : command;
}
