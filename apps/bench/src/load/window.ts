import { setTimeout as pause } from "node:timers/promises";
import { between, sharesOf, spentNow, type Usage } from "../machine/cpu.ts";
import type { Histogram } from "./histogram.ts";
import type { Figures, Order } from "./order.ts";

/** What happens between the warming up and the end, while sends go on by themselves. */
export async function measured(
  { warmSeconds, seconds, pids }: Order,
  latency: Histogram,
  delivered: () => number,
): Promise<Figures> {
  await pause(warmSeconds * 1_000);
  latency.clear();
  const before = delivered();
  const first = spentNow(pids);
  await pause(seconds * 1_000);
  const usage = between(first, spentNow(pids));
  return { ...figuresOf(delivered() - before, usage), ...latency.percentiles("latency") };
}

/** Waits until nothing is unfinished any more, or so long without progress that the rest is lost. */
export async function settle(unfinished: () => number, progress: () => number): Promise<void> {
  let last = progress();
  for (let quietMs = 0; unfinished() > 0 && quietMs < PATIENCE_MS; quietMs += STEP_MS) {
    await pause(STEP_MS);
    if (progress() !== last) quietMs = 0;
    last = progress();
  }
  await pause(AFTERWARDS_MS); // What comes twice comes late.
}

const PATIENCE_MS = 5_000;
const STEP_MS = 20;
const AFTERWARDS_MS = 200;

function figuresOf(deliveries: number, usage: Usage): Figures {
  return {
    deliveriesPerSecond: deliveries / usage.seconds,
    deliveriesPerCpuSecond: deliveries / usage.server,
    cpuUsPerDelivery: (usage.server / deliveries) * 1_000_000,
    ...sharesOf(usage),
  };
}
