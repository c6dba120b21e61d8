/** What one of each thing costs. Measured by `pnpm capacity --measure`, or given. */
export type Costs = {
  /** Memory that a hub holds for a connection that is quiet, KiB. */
  readonly connectionKib: number;
  /** Processor time of a hub for a connection that comes, with its token and its first page, ms. */
  readonly connectMs: number;
  /** Processor time of a hub for a notification: taken, stored, pushed, acknowledged, its receipt told, ms. */
  readonly notificationMs: number;
  /** Processor time of a hub that only hears the bell ring for a notification of others, ms. */
  readonly ringMs: number;
  /** Processor time of Redis for a notification, ms. */
  readonly redisMs: number;
  /** Commands that Redis does for a notification, those inside of functions included. */
  readonly redisCommands: number;
  /** Bytes between hubs and Redis for a notification, without what rings. */
  readonly redisWireBytes: number;
  /** Bytes of a bell that rings for a notification, to each hub. */
  readonly ringBytes: number;
  /** Memory of Redis for a notification that is kept: all entries of both its logs, bytes. */
  readonly keptBytes: number;
  /** Bytes between a hub and browsers for a notification, frames alone. */
  readonly browserBytes: number;
};

/** How people live, and how full a machine may be. */
export type Habits = {
  /** Connections of one user who is here: tabs and devices. */
  readonly tabs: number;
  /** Notifications that a connected user gets in a day. */
  readonly perDay: number;
  /** How many times the mean the busiest second is. */
  readonly peak: number;
  /** Times that a connection is made anew in a day: pages that are left, laptops that sleep. */
  readonly reconnects: number;
  /** Users who have a log for each that is connected. */
  readonly usersPerConnected: number;
  /** Notifications that a log keeps. */
  readonly kept: number;
  /** Copies of the data beside the master's. */
  readonly replicas: number;
  /** Share of a core that a hub, or a master of Redis, may use in the busiest second. */
  readonly load: number;
  /** Memory of a hub, GiB. */
  readonly hubGib: number;
  /** Connections of a hub: CARILLON_CONNECTIONS_PER_PROCESS. */
  readonly hubConnections: number;
  /** Memory of one server of Redis for data, GiB. */
  readonly shardGib: number;
  /** What all that rings may use of a hub's core: past it, the installation has to be divided. */
  readonly ringLoad: number;
};

/** `pnpm capacity --measure` on 2 cores that others used, too, Node 26, Redis 7.0; 2026-11-23. */
export const MEASURED: Costs = {
  connectionKib: 26.5,
  connectMs: 3.07,
  notificationMs: 0.485,
  ringMs: 0.0154,
  redisMs: 0.251,
  redisCommands: 37.5,
  redisWireBytes: 2_830,
  ringBytes: 126,
  keptBytes: 749,
  browserBytes: 786,
};

/** Assumed, none measured: give your own. */
export const ASSUMED: Habits = {
  tabs: 1.5,
  perDay: 20,
  peak: 5,
  reconnects: 24,
  usersPerConnected: 5,
  kept: 100,
  replicas: 1,
  load: 0.5,
  hubGib: 4,
  hubConnections: 20_000,
  shardGib: 24,
  ringLoad: 0.2,
};
