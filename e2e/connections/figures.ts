import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Whether this system tells what a process uses; where it does not, what needs it counts as skipped. */
export const canMeasure = existsSync("/proc/self/status");

/** Resident memory in MiB. */
export function memoryOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1_024;
}

/** Open files and sockets. */
export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Seconds of processor time used so far. */
export function processorOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [, , , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(")")).split(" ");
  return (Number(user) + Number(system)) / TICKS;
}

/** A clock tick of the kernel's accounting, the same on every Linux that Node runs on. */
const TICKS = 100;

/** What so many of a hundred took at most. */
export function percentile(values: readonly number[], hundredths: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * hundredths) / 100) - 1] ?? Number.NaN;
}

/** A line of so many columns of so many milliseconds each, and a bar as long as its share. */
export function histogram(values: readonly number[], width: number): string {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(Math.floor(value / width), (counts.get(Math.floor(value / width)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const row = ([column, count]: readonly [number, number]) =>
    `  ${String((column * width) / 1_000).padStart(5)} s  ${String(count).padStart(5)}  ${"#".repeat(Math.ceil((count / most) * 50))}`;
  return [...counts]
    .toSorted(([a], [b]) => a - b)
    .map(row)
    .join("\n");
}
