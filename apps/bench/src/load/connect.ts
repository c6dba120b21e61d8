import { setTimeout as pause } from "node:timers/promises";
import { between, sharesOf, spentNow } from "../machine/cpu.ts";
import { memoryOf } from "../machine/memory.ts";
import { Exchange } from "./exchange.ts";
import { Histogram } from "./histogram.ts";
import type { Order, Outcome } from "./order.ts";

/** Everybody comes, each with a token of one's own, and stays without a word. */
export async function connect(order: Order, settleSeconds: number): Promise<Outcome> {
  const exchange = new Exchange(order);
  await exchange.crowd.prepare();
  const { pids, connections } = order;
  const memoryKb = memoryOf(pids);
  const first = spentNow(pids);
  const waits = new Histogram();
  await exchange.crowd.gather((startedAt) => waits.add(Math.round((performance.now() - startedAt) * 1_000)));
  const usage = between(first, spentNow(pids));
  await pause(settleSeconds * 1_000);
  const figures = {
    connectionsPerSecond: connections / usage.seconds,
    cpuUsPerConnection: (usage.server / connections) * 1_000_000,
    idleKbPerConnection: (memoryOf(pids) - memoryKb) / connections,
    memoryBeforeKb: memoryKb,
    ...sharesOf(usage),
    ...waits.percentiles("connect"),
  };
  const balance = await exchange.end();
  return { figures, balance, complaint: exchange.complaint };
}
