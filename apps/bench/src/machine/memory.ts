import { readFileSync } from "node:fs";

/** What these processes hold, in units of 1,024 bytes, where shared pages count as the share that each has in them. */
export function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + proportional(pid), 0);
}

function proportional(pid: number): number {
  const [, kilobytes] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")) ?? [];
  return Number(kilobytes);
}
