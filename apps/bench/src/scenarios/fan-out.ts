import { loaded } from "./loaded.ts";
import { everyServer, type Scenario } from "./scenario.ts";

export const fanOut: Scenario = {
  name: "fan-out",
  about: "One notification to all tabs of one user, the next when all have it.",
  suits: everyServer,
  shown: [
    { figure: "cpuUsPerDelivery", title: "server CPU µs per delivery", better: "less" },
    { figure: "deliveriesPerSecond", title: "deliveries/s", better: "more" },
    { figure: "latencyP50Ms", title: "p50 ms", better: "less" },
    { figure: "latencyP99Ms", title: "p99 ms", better: "less" },
  ],
  run: (peer, site) => loaded(peer, site, { job: { kind: "fanOut" }, connections: site.size.tabs + 1, senders: 1 }),
};
