import { setTimeout as pause } from "node:timers/promises";
import { between, spentNow, type Usage } from "../machine/cpu.ts";
import type { Exchange } from "./exchange.ts";
import type { Figures, Order } from "./order.ts";

export type Window = { readonly deliveries: number; readonly usage: Usage; readonly figures: Figures };

/** What happens between the warming up and the end, while sends go on by themselves. */
export async function windowOf(exchange: Exchange, { warmSeconds, seconds, pids }: Order): Promise<Window> {
  await pause(warmSeconds * 1_000);
  exchange.latency.clear();
  const before = exchange.ledger.delivered;
  const first = spentNow(pids);
  await pause(seconds * 1_000);
  const usage = between(first, spentNow(pids));
  const deliveries = exchange.ledger.delivered - before;
  return {
    deliveries,
    usage,
    figures: { ...figuresOf(deliveries, usage), ...exchange.latency.percentiles("latency") },
  };
}

/** Waits until every send is finished, or it has been quiet for so long that the rest is lost. */
export async function settle({ ledger }: Exchange): Promise<void> {
  let finished = ledger.sent - ledger.unfinished;
  for (let quietMs = 0; ledger.unfinished > 0 && quietMs < PATIENCE_MS; quietMs += STEP_MS) {
    await pause(STEP_MS);
    if (ledger.sent - ledger.unfinished !== finished) quietMs = 0;
    finished = ledger.sent - ledger.unfinished;
  }
  await pause(AFTERWARDS_MS); // What comes twice comes late.
}

const PATIENCE_MS = 5_000;
const STEP_MS = 20;
const AFTERWARDS_MS = 200;

function figuresOf(deliveries: number, { seconds, server, own, foreign }: Usage): Figures {
  return {
    deliveriesPerSecond: deliveries / seconds,
    deliveriesPerCpuSecond: deliveries / server,
    cpuUsPerDelivery: (server / deliveries) * 1_000_000,
    serverCpu: server / seconds,
    generatorCpu: own / seconds,
    foreignCpu: foreign / seconds,
  };
}
