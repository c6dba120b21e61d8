import { loaded } from "./loaded.ts";
import { everybody, type Scenario } from "./scenario.ts";

/** Each sender keeps so many sends under way. */
export function throughput(window: number): Scenario {
  return {
    name: `w${window}`,
    about: `Closed loop: each sender has ${window} under way, to random targets.`,
    suits: everybody,
    shown: [
      { figure: "deliveriesPerCpuSecond", title: "deliveries per server-CPU-second", better: "more" },
      { figure: "deliveriesPerSecond", title: "deliveries/s", better: "more" },
      { figure: "latencyP50Ms", title: "p50 ms", better: "less" },
      { figure: "latencyP95Ms", title: "p95 ms", better: "less" },
      { figure: "latencyP99Ms", title: "p99 ms", better: "less" },
      { figure: "latencyP999Ms", title: "p99.9 ms", better: "less" },
    ],
    run: (peer, site) => loaded(peer, site, { job: { kind: "closed", window } }),
  };
}
