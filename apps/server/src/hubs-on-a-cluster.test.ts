import { afterAll, beforeAll, describe, it } from "vitest";
import { ALL_PARTITIONS, Keys, partitionOf } from "./redis/keys.ts";
import { clusterForAll } from "./testing/redis-cluster.ts";
import { startTestHub, type TestHub } from "./testing/test-hub.ts";
import { until } from "./testing/until.ts";

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
    for (const uid of uids) await rings(uid);
  });

  it("ring where the slot of a bell has moved", async () => {
    const bell = keys.bell(partitionOf("101"));
    await cluster().migrate(bell, await cluster().otherMaster(bell));
    await rings("101");
    await bothReady();
  });

  it("ring where the master of a bell stands still and its replica is promoted", async () => {
    const { master, replica } = await cluster().shardOf(keys.bell(partitionOf("101")));
    master.server.freeze();
    await cluster().promote(replica);
    await rings("101");
    master.server.thaw();
    await cluster().isWhole();
    await bothReady();
    await rings("101");
  });
});

let count = 0;

/** What is sent on one hub reaches who is on the other, or comes back to it; a refused draft is sent again. */
async function rings(uid: string): Promise<void> {
  const id = `d${++count}`;
  const first = await come(uid);
  const seen = (async () => {
    for (let { reader, welcome } = first; !holds(welcome, id); { reader, welcome } = await come(uid))
      for (let frame: unknown; !isClosed(frame); frame = await reader.next()) if (holds(frame, id)) return;
  })();
  await until(async () => {
    const author = await hubs[0].line();
    await author.hello(await hubs[0].token("100"));
    author.send({ type: "send", id, to: uid, text: "…" });
    const answer = JSON.stringify(await author.next());
    await author.close();
    return answer.includes('"sent"');
  }, `${id} is stored`);
  await seen;
}

/** As soon as it is let in. */
async function come(uid: string) {
  for (;;) {
    const reader = await hubs[1].line();
    const welcome = await reader.hello(await hubs[1].token(uid));
    if (!isClosed(welcome)) return { reader, welcome };
  }
}

function holds(frame: unknown, id: string): boolean {
  return (JSON.stringify(frame) ?? "").includes(`"${id}"`);
}

function isClosed(frame: unknown): boolean {
  return typeof frame === "object" && frame !== null && "closed" in frame;
}

async function bothReady(): Promise<void> {
  for (const hub of hubs) await until(async () => (await fetch(`${hub.url}/readyz`)).ok, "it is ready");
}
