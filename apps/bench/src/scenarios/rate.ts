import { loaded } from "./loaded.ts";
import { everyServer, type Scenario } from "./scenario.ts";

export const rate: Scenario = {
  name: "rate",
  about:
    "Open loop: sends at a fixed rate, whatever becomes of them; latency from the time at which each was meant to go.",
  suits: everyServer,
  shown: [
    { figure: "latencyP50Ms", title: "p50 ms", better: "less" },
    { figure: "latencyP95Ms", title: "p95 ms", better: "less" },
    { figure: "latencyP99Ms", title: "p99 ms", better: "less" },
    { figure: "latencyP999Ms", title: "p99.9 ms", better: "less" },
    { figure: "serverCpu", title: "server CPU", better: "less" },
  ],
  run: (peer, site) =>
    loaded(peer, site, { job: { kind: "open", perSecond: site.size.rate }, senders: site.size.connections }),
};
