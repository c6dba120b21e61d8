import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Keys } from "./redis/keys.ts";
import { guarded, PASSWORD, SENTINEL_PASSWORD } from "./testing/entry.ts";
import { temporaryPlace } from "./testing/place.ts";
import { RedisCluster } from "./testing/redis-cluster.ts";
import { areReady, rings } from "./testing/rings.ts";
import { NAME, SentinelSet } from "./testing/sentinel-set.ts";
import { startTestHub } from "./testing/test-hub.ts";

let folder: Awaited<ReturnType<typeof temporaryPlace>>;
beforeAll(async () => {
  folder = await temporaryPlace();
});
afterAll(() => folder.remove());

/** Servers that nobody enters without TLS and a password, and hubs as a user that may do no more than it needs. */
describe("two hubs on what is guarded", { timeout: 150_000 }, () => {
  it("[P6] [P10] a cluster: what is sent is stored and rings, also when a replica was promoted; nothing is told that is secret", async () => {
    const { entry, authority } = await guarded(folder.path);
    await using cluster = await RedisCluster.start({ entry, settings: ["--tls-cluster", "yes"] });
    const store = cluster.url.replace("redis+cluster://", `rediss+cluster://hub:${PASSWORD}@`);
    await using hubs = await twoHubs({ CARILLON_STORE: store, CARILLON_REDIS_CA: authority });
    await rings(hubs.both, "101");
    const { replica } = await cluster.shardOf(new Keys("carillon").user("101"));
    await cluster.promote(replica);
    await cluster.isWhole();
    await rings(hubs.both, "101");
    await areReady(hubs.both);
    expect(hubs.said()).not.toContain(PASSWORD);
  });

  it("[P6] [P10] the master of Sentinels: what is sent is stored and rings, also when another one is the master", async () => {
    const { entry, authority } = await guarded(folder.path);
    await using set = await SentinelSet.start(entry);
    await using hubs = await twoHubs({
      CARILLON_STORE: `rediss+sentinel://hub:${PASSWORD}@${set.hosts}/${NAME}`,
      CARILLON_REDIS_CA: authority,
      CARILLON_REDIS_SENTINEL_PASSWORD: SENTINEL_PASSWORD,
    });
    await rings(hubs.both, "101");
    await set.master.kill();
    await set.isReplaced(set.master);
    await rings(hubs.both, "101");
    await areReady(hubs.both);
    expect(hubs.said()).not.toMatch(/s3cret/u);
  });
});

async function twoHubs(settings: Readonly<Record<string, string>>) {
  const both = [await startTestHub(settings), await startTestHub(settings)] as const;
  const end = async () => {
    await Promise.all(both.map((hub) => hub.close()));
  };
  return { both, said: () => both.flatMap(({ logs }) => logs).join("\n"), [Symbol.asyncDispose]: end };
}
