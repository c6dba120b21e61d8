import { between, spentNow } from "../machine/cpu.ts";
import { Exchange } from "./exchange.ts";
import { Histogram } from "./histogram.ts";
import type { Order, Outcome } from "./order.ts";

/** Everybody is cut off at once and comes back to where they were; over when all are ready, where they stood if there is such a thing. */
export async function storm(order: Order): Promise<Outcome> {
  const exchange = new Exchange(order);
  const { crowd } = exchange;
  await crowd.prepare();
  await crowd.gather();
  const { connections, concurrency, pids } = order;
  const first = spentNow(pids);
  const startedAt = performance.now();
  const positions = Array.from({ length: connections }, (_, index) => crowd.cut(index));
  const waits = new Histogram();
  let next = 0;
  const work = async () => {
    for (let index = next++; index < connections; index = next++) {
      await crowd.join(index, positions[index]);
      waits.add(Math.round((performance.now() - startedAt) * 1_000));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const { seconds, server, own, foreign } = between(first, spentNow(pids));
  const figures = {
    allBackSeconds: seconds,
    cpuUsPerReturn: (server / connections) * 1_000_000,
    serverCpu: server / seconds,
    generatorCpu: own / seconds,
    foreignCpu: foreign / seconds,
    ...waits.percentiles("back"),
  };
  return { figures, balance: await exchange.end(), complaint: exchange.complaint };
}
