import type { Costs, Habits } from "./figures.ts";

/** What so many connected users need. */
export type Plan = {
  readonly users: number;
  readonly connections: number;
  /** Notifications, and connections that come, in the busiest second. */
  readonly notifications: number;
  readonly arrivals: number;
  /** Installations that know nothing of each other: 1, unless every hub would hear more rings than it can. */
  readonly cells: number;
  /** In all cells together. */
  readonly hubs: number;
  readonly hubsBy: "connections" | "processor" | "memory";
  readonly shards: number;
  readonly shardsBy: "memory" | "processor";
  /** Servers of Redis, replicas included. */
  readonly servers: number;
  readonly redisGib: number;
  readonly commands: number;
  /** To and from browsers; between hubs and Redis; of that, what rings. Mbit a second. */
  readonly browserMbit: number;
  readonly redisMbit: number;
  readonly ringMbit: number;
  /** Share of each hub's core that only hears others ring. */
  readonly ringShare: number;
};

export function planFor(users: number, costs: Costs, habits: Habits): Plan {
  const connections = users * habits.tabs;
  const notifications = (users * habits.perDay * habits.peak) / DAY_S;
  const arrivals = (connections * habits.reconnects * habits.peak) / DAY_S;
  // Every hub of an installation hears every ring of it, so more hubs do not help.
  const cells = atLeastOne((notifications * costs.ringMs) / 1_000 / habits.ringLoad);
  const ringShare = (notifications / cells) * (costs.ringMs / 1_000);

  const hubNeeds: Needs<Plan["hubsBy"]> = [
    ["connections", connections / habits.hubConnections],
    ["memory", (connections * costs.connectionKib) / (habits.hubGib * KIB_PER_GIB)],
    [
      "processor",
      (notifications * costs.notificationMs + arrivals * costs.connectMs) /
        1_000 /
        Math.max(habits.load - ringShare, 0.01),
    ],
  ];
  const redisGib = (users * habits.usersPerConnected * habits.kept * costs.keptBytes) / BYTES_PER_GIB;
  const shardNeeds: Needs<Plan["shardsBy"]> = [
    ["memory", redisGib / habits.shardGib],
    ["processor", (notifications * costs.redisMs) / 1_000 / habits.load],
  ];
  const [hubsBy, mostHubs] = most(hubNeeds);
  const [shardsBy, mostShards] = most(shardNeeds);
  const hubs = inCells(mostHubs, cells);
  const shards = inCells(mostShards, cells);
  const ringMbit = megabits(notifications * costs.ringBytes * (hubs / cells));
  return {
    users,
    connections,
    notifications,
    arrivals,
    cells,
    hubs,
    hubsBy,
    shards,
    shardsBy,
    servers: shards * (1 + habits.replicas),
    redisGib: redisGib * (1 + habits.replicas),
    commands: notifications * costs.redisCommands,
    browserMbit: megabits(notifications * costs.browserBytes),
    redisMbit: megabits(notifications * costs.redisWireBytes) + ringMbit,
    ringMbit,
    ringShare,
  };
}

/** How many of something are needed, and what for. */
type Need<Name> = readonly [what: Name, count: number];
type Needs<Name> = readonly Need<Name>[];

function atLeastOne(needed: number): number {
  return Math.max(1, Math.ceil(needed));
}

/** The same number in each. */
function inCells(needed: number, cells: number): number {
  return atLeastOne(needed / cells) * cells;
}

function most<Name>(needs: Needs<Name>): Need<Name> {
  return needs.reduce((a, b) => (b[1] > a[1] ? b : a));
}

function megabits(bytes: number): number {
  return (bytes * 8) / 1_000_000;
}

const DAY_S = 86_400;
const KIB_PER_GIB = 1_024 ** 2;
const BYTES_PER_GIB = 1_024 ** 3;
