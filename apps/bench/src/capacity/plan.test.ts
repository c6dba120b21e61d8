import { describe, expect, it } from "vitest";
import { ASSUMED, type Costs, type Habits } from "./figures.ts";
import { planFor } from "./plan.ts";

/** Round figures, so that every number below can be seen. */
const COSTS: Costs = {
  connectionKib: 100,
  connectMs: 1,
  notificationMs: 1,
  ringMs: 0.01,
  redisMs: 0.5,
  redisCommands: 6,
  redisWireBytes: 1_000,
  ringBytes: 100,
  keptBytes: 1_024,
  browserBytes: 500,
};
const HABITS: Habits = {
  ...ASSUMED,
  tabs: 2,
  perDay: 8.64,
  peak: 10,
  reconnects: 4.32,
  usersPerConnected: 4,
  kept: 256,
  load: 0.5,
  ringLoad: 0.1,
  hubGib: 1,
  hubConnections: 20_000,
  shardGib: 10,
  replicas: 2,
};

describe("a plan", () => {
  it("adds up for a million", () => {
    const plan = planFor(1_000_000, COSTS, HABITS);
    expect(plan).toMatchObject({ connections: 2_000_000, cells: 1, hubs: 191, hubsBy: "memory" });
    expect(plan.notifications).toBeCloseTo(1_000);
    expect(plan.arrivals).toBeCloseTo(1_000);
    expect(plan.ringShare).toBeCloseTo(0.01);
    // 4 million logs of 256 KiB are 976.6 GiB, of which a server holds 10.
    expect(plan).toMatchObject({ shards: 98, shardsBy: "memory", servers: 294 });
    expect(plan.redisGib).toBeCloseTo(976.5625 * 3);
    expect(plan.commands).toBeCloseTo(6_000);
    expect(plan.browserMbit).toBeCloseTo(4);
    expect(plan.ringMbit).toBeCloseTo(0.8 * 191);
    expect(plan.redisMbit).toBeCloseTo(8 + 0.8 * 191);
  });

  it("is divided where each hub would hear more rings than it can, evenly", () => {
    const plan = planFor(100_000_000, COSTS, HABITS);
    expect(plan.cells).toBe(10);
    expect(plan.ringShare).toBeCloseTo(0.1);
    expect(plan.hubs % plan.cells).toBe(0);
    expect(plan.shards % plan.cells).toBe(0);
  });

  it.each<readonly [by: string, costs: Partial<Costs>, habits: Partial<Habits>]>([
    ["connections", { connectionKib: 1 }, {}],
    ["processor", { connectionKib: 1, notificationMs: 100 }, {}],
    ["memory", {}, {}],
  ])("says what decides: %s", (by, costs, habits) =>
    expect(planFor(1_000_000, { ...COSTS, ...costs }, { ...HABITS, ...habits }).hubsBy).toBe(by),
  );

  it("never needs less than one of each", () => {
    expect(planFor(1, COSTS, HABITS)).toMatchObject({ cells: 1, hubs: 1, shards: 1, servers: 3 });
  });
});
