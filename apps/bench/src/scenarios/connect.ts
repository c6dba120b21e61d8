import { loaded } from "./loaded.ts";
import { everyServer, type Scenario } from "./scenario.ts";

export const connect: Scenario = {
  name: "connect",
  about:
    "Connections come, each with a token of its own, then stay without a word: processor time, and memory (PSS), for each.",
  suits: everyServer,
  shown: [
    { figure: "cpuUsPerConnection", title: "server CPU µs each", better: "less" },
    { figure: "idleKbPerConnection", title: "idle KB each", better: "less" },
    { figure: "connectionsPerSecond", title: "connections/s", better: "more" },
    { figure: "connectP99Ms", title: "p99 ms", better: "less" },
  ],
  run: (peer, site) => {
    const { arrivals, settleSeconds } = site.size;
    return loaded(peer, site, {
      job: { kind: "connect", settleSeconds },
      connections: arrivals,
      senders: 0,
      concurrency: 200,
    });
  },
};
