import { generate } from "../load/generate.ts";
import type { Job, Order, Outcome } from "../load/order.ts";
import { delayPercentile, delaysOf } from "../machine/loop-delay.ts";
import type { Conditions, Peer, Running } from "../peers/peer.ts";
import type { Site } from "./scenario.ts";
import { serving } from "./serving.ts";

export type Load = Partial<Order> & { readonly job: Job };

/** A fresh server of this peer under this load. */
export function loaded(peer: Peer, site: Site, load: Load, conditions: Conditions = {}): Promise<Outcome | undefined> {
  return serving(peer, site, conditions, (server) => underLoad(peer, site, load, server));
}

export async function underLoad(peer: Peer, { size, seed }: Site, load: Load, server: Running): Promise<Outcome> {
  const before = await delaysOf(server);
  const outcome = await generate({
    ...size,
    dialect: peer.dialect,
    ports: server.ports ?? [server.port],
    pids: server.pids,
    concurrency: 50,
    stride: 1,
    seed,
    ...load,
  });
  const loopDelayP99Ms = delayPercentile(before, await delaysOf(server), 0.99);
  return loopDelayP99Ms === undefined ? outcome : { ...outcome, figures: { ...outcome.figures, loopDelayP99Ms } };
}
