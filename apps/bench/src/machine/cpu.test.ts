import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { between, spentNow } from "./cpu.ts";

it.skipIf(process.platform !== "linux")(
  "a process's time is that of user and kernel, as the process itself sees it",
  () => {
    const before = process.cpuUsage();
    const first = spentNow([process.pid]);
    const until = performance.now() + 400;
    while (performance.now() < until) readFileSync("/proc/self/stat"); // Both kinds of work.
    const { server, own } = between(first, spentNow([process.pid]));
    const { user, system } = process.cpuUsage(before);
    expect(own).toBeCloseTo((user + system) / 1e6, 1);
    expect(system).toBeGreaterThan(50_000);
    expect(Math.abs(server - own)).toBeLessThan(0.05); // Ticks of a hundredth.
  },
);
