import type { Balance, Outcome } from "../load/order.ts";
import { seededStore } from "../seed/seeded.ts";
import { loaded } from "./loaded.ts";
import { carillonAlone, type Scenario } from "./scenario.ts";

export const growth: Scenario = {
  name: "growth",
  about: "Closed loop, 16 under way, on a log that has grown, users far apart, against an empty one right before it.",
  suits: carillonAlone,
  shown: [
    { figure: "grownToEmpty", title: "grown ÷ empty", better: "more" },
    { figure: "grownPerCpuSecond", title: "grown: deliveries per server-CPU-second", better: "more" },
    { figure: "emptyPerCpuSecond", title: "empty: deliveries per server-CPU-second", better: "more" },
    { figure: "grownP99Ms", title: "grown: p99 ms", better: "less" },
  ],
  run: async (peer, site) => {
    const { users, entriesPerUser, connections } = site.size;
    const store = await seededStore(site.scratch, users, entriesPerUser);
    const job = { kind: "closed", window: 16 } as const;
    const empty = await loaded(peer, site, { job });
    const stride = Math.max(1, Math.floor(users / connections));
    const grown = await loaded(peer, site, { job, stride }, { store });
    return empty === undefined || grown === undefined ? undefined : compared(empty, grown);
  },
};

function compared(empty: Outcome, grown: Outcome): Outcome {
  const emptyPerCpuSecond = empty.figures["deliveriesPerCpuSecond"] ?? Number.NaN;
  const grownPerCpuSecond = grown.figures["deliveriesPerCpuSecond"] ?? Number.NaN;
  return {
    figures: {
      ...grown.figures,
      grownToEmpty: grownPerCpuSecond / emptyPerCpuSecond,
      grownPerCpuSecond,
      emptyPerCpuSecond,
      grownP99Ms: grown.figures["latencyP99Ms"] ?? Number.NaN,
    },
    balance: sum(empty.balance, grown.balance),
    complaint: empty.complaint ?? grown.complaint,
  };
}

function sum(one: Balance, other: Balance): Balance {
  return {
    sent: one.sent + other.sent,
    acknowledged: one.acknowledged + other.acknowledged,
    delivered: one.delivered + other.delivered,
    lost: one.lost + other.lost,
    doubled: one.doubled + other.doubled,
    damaged: one.damaged + other.damaged,
    cut: one.cut + other.cut,
  };
}
