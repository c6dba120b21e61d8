import { between, sharesOf, spentNow } from "../machine/cpu.ts";
import { Exchange } from "./exchange.ts";
import { Histogram } from "./histogram.ts";
import type { Order, Outcome } from "./order.ts";

/** Everybody is cut off at once and comes back to where they were; over when all are ready, where they stood if there is such a thing. */
export async function storm(order: Order): Promise<Outcome> {
  const exchange = new Exchange(order);
  const { crowd } = exchange;
  await crowd.prepare();
  await crowd.gather();
  const { connections, pids } = order;
  const first = spentNow(pids);
  const startedAt = performance.now();
  const positions = Array.from({ length: connections }, (_, index) => crowd.cut(index));
  const waits = new Histogram();
  await crowd.gather(() => waits.add(Math.round((performance.now() - startedAt) * 1_000)), positions);
  const usage = between(first, spentNow(pids));
  const figures = {
    allBackSeconds: usage.seconds,
    cpuUsPerReturn: (usage.server / connections) * 1_000_000,
    ...sharesOf(usage),
    ...waits.percentiles("back"),
  };
  return { figures, balance: await exchange.end(), complaint: exchange.complaint };
}
