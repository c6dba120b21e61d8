import { loaded } from "./loaded.ts";
import { everyServer, type Scenario } from "./scenario.ts";

export const storm: Scenario = {
  name: "storm",
  about:
    "All connections are cut at once; until all are back, with their position verified where there is such a thing.",
  suits: everyServer,
  shown: [
    { figure: "allBackSeconds", title: "all back s", better: "less" },
    { figure: "cpuUsPerReturn", title: "server CPU µs each", better: "less" },
    { figure: "backP50Ms", title: "p50 ms", better: "less" },
  ],
  run: (peer, site) =>
    loaded(peer, site, { job: { kind: "storm" }, connections: site.size.dropped, senders: 0, concurrency: 500 }),
};
