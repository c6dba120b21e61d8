import { figuresOf, ratioOf, type Results, type Spread } from "./spread.ts";

/** One condition of a row: what is looked at, and where it has to be. */
export type Condition = {
  readonly text: string;
  readonly value: (results: Results) => Spread | undefined;
  readonly atLeast?: number;
  readonly atMost?: number;
};

export type Speed = {
  readonly title: string;
  readonly must: readonly Condition[];
  readonly goal: readonly Condition[];
};

/** The median decides. */
export function isMet(
  { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Condition,
  { median }: Spread,
): boolean {
  return median >= atLeast && median <= atMost;
}

/** The speeds to reach, with everything on, on one core. */
export const SPEEDS: readonly Speed[] = [
  {
    title: "W=16, deliveries per server-CPU-second",
    must: [
      { text: "≥ 1.2 × JetStream", value: throughput("w16", "jetstream"), atLeast: 1.2 },
      { text: "≥ 3 × Socket.IO + recovery", value: throughput("w16", "socket.io+recovery"), atLeast: 3 },
    ],
    goal: [{ text: "≥ 1.0 × the tutorial's Swoole server", value: throughput("w16", "swoole"), atLeast: 1 }],
  },
  {
    title: "W=1, deliveries per server-CPU-second",
    must: [
      { text: "≥ 1.1 × JetStream", value: throughput("w1", "jetstream"), atLeast: 1.1 },
      { text: "≥ 2 × Socket.IO + recovery", value: throughput("w1", "socket.io+recovery"), atLeast: 2 },
    ],
    goal: [{ text: "≥ 0.75 × Mosquitto QoS 1", value: throughput("w1", "mosquitto"), atLeast: 0.75 }],
  },
  {
    title: "5,000 msg/s, from the intended send to the delivery",
    must: [
      { text: "p50 ≤ 2 ms", value: own("rate", "latencyP50Ms"), atMost: 2 },
      { text: "p99 < JetStream's", value: ratio("rate", "latencyP99Ms", "jetstream"), atMost: 1 },
    ],
    goal: [
      { text: "p50 ≤ 1.2 ms", value: own("rate", "latencyP50Ms"), atMost: 1.2 },
      { text: "p99 ≤ 1.5 × bare ws", value: ratio("rate", "latencyP99Ms", "ws"), atMost: 1.5 },
    ],
  },
  {
    title: "10,000 connections with tokens: CPU each, idle memory each",
    must: [
      { text: "CPU ≤ 1.4 × bare ws", value: ratio("connect", "cpuUsPerConnection", "ws"), atMost: 1.4 },
      { text: "≤ 12 KB", value: own("connect", "idleKbPerConnection"), atMost: 12 },
    ],
    goal: [
      { text: "CPU ≤ 1.15 × bare ws", value: ratio("connect", "cpuUsPerConnection", "ws"), atMost: 1.15 },
      { text: "≤ 8.5 KB", value: own("connect", "idleKbPerConnection"), atMost: 8.5 },
    ],
  },
  {
    title: "one notification to 1,000 tabs, CPU per delivery",
    must: [{ text: "≤ 1.1 × bare ws", value: ratio("fan-out", "cpuUsPerDelivery", "ws"), atMost: 1.1 }],
    goal: [{ text: "≤ 0.9 × bare ws", value: ratio("fan-out", "cpuUsPerDelivery", "ws"), atMost: 0.9 }],
  },
  {
    title: "5,000 dropped: all back with their position verified",
    must: [{ text: "≤ 2 × bare ws", value: ratio("storm", "allBackSeconds", "ws"), atMost: 2 }],
    goal: [{ text: "≤ 1.3 × bare ws", value: ratio("storm", "allBackSeconds", "ws"), atMost: 1.3 }],
  },
  {
    title: "growth: W=16 with 10,000,000 entries of 100,000 users in the log, against an empty one",
    must: [{ text: "≥ 0.7", value: own("growth", "grownToEmpty"), atLeast: 0.7 }],
    goal: [{ text: "≥ 0.9", value: own("growth", "grownToEmpty"), atLeast: 0.9 }],
  },
  {
    title: "boot on that log; resume of a session with 500 missed entries",
    must: [
      { text: "boot ≤ 2 s", value: own("boot", "bootMs"), atMost: 2_000 },
      { text: "resume ≤ 10 ms", value: own("resume", "resumeP50Ms"), atMost: 10 },
    ],
    goal: [
      { text: "boot ≤ 0.5 s", value: own("boot", "bootMs"), atMost: 500 },
      { text: "resume ≤ 3 ms", value: own("resume", "resumeP50Ms"), atMost: 3 },
    ],
  },
  {
    title: "event-loop delay p99, the worst scenario",
    must: [{ text: "≤ 20 ms", value: worstLoopDelay, atMost: 20 }],
    goal: [{ text: "≤ 10 ms", value: worstLoopDelay, atMost: 10 }],
  },
  {
    title: "Send pressed → toast painted in another tab, Chromium",
    must: [{ text: "p50 ≤ 60 ms", value: own("page", "toastP50Ms"), atMost: 60 }],
    goal: [{ text: "p50 ≤ 30 ms", value: own("page", "toastP50Ms"), atMost: 30 }],
  },
];

function throughput(scenario: string, peer: string): Condition["value"] {
  return ratio(scenario, "deliveriesPerCpuSecond", peer);
}

function ratio(scenario: string, figure: string, peer: string): Condition["value"] {
  return (results) => ratioOf(results, scenario, figure, peer);
}

function own(scenario: string, figure: string): Condition["value"] {
  return (results) => figuresOf(results, scenario, "carillon", figure);
}

function worstLoopDelay(results: Results): Spread | undefined {
  const scenarios = [...new Set(results.runs.map(({ scenario }) => scenario))];
  const all = scenarios.flatMap((scenario) => figuresOf(results, scenario, "carillon", "loopDelayP99Ms") ?? []);
  return all.toSorted((a, b) => b.median - a.median)[0];
}
