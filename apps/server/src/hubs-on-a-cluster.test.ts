import { afterAll, beforeAll, describe, it } from "vitest";
import { ALL_PARTITIONS, Keys, partitionOf } from "./redis/keys.ts";
import { clusterForAll } from "./testing/redis-cluster.ts";
import { areReady, rings } from "./testing/rings.ts";
import { startTestHub, type TestHub } from "./testing/test-hub.ts";

const keys = new Keys("carillon");
const cluster = clusterForAll();
let hubs: readonly [TestHub, TestHub];
beforeAll(async () => {
  const start = () => startTestHub({ CARILLON_STORE: cluster().url });
  hubs = [await start(), await start()];
}, 60_000);
afterAll(() => Promise.all(hubs.map((hub) => hub.close())));

/** A bell that rings where nobody listens any more is noticed by its third silent beat, 15 s later. */
const REPAIRED_MS = 60_000;

describe("two hubs on a cluster", { timeout: REPAIRED_MS }, () => {
  it("ring at each other in every part", async () => {
    const uids = ALL_PARTITIONS.map(
      (part) => Array.from({ length: 1_000 }, (_, n) => `u${n}`).find((uid) => partitionOf(uid) === part) ?? "",
    );
    for (const uid of uids) await rings(hubs, uid);
  });

  it("ring where the slot of a bell has moved", async () => {
    const bell = keys.bell(partitionOf("101"));
    await cluster().migrate(bell, await cluster().otherMaster(bell));
    await rings(hubs, "101");
    await areReady(hubs);
  });

  it("ring where the master of a bell stands still and its replica is promoted", async () => {
    const { master, replica } = await cluster().shardOf(keys.bell(partitionOf("101")));
    master.server.freeze();
    await cluster().promote(replica);
    await rings(hubs, "101");
    master.server.thaw();
    await cluster().isWhole();
    await areReady(hubs);
    await rings(hubs, "101");
  });
});
