import { createClient } from "@redis/client";
import { beforeAll } from "vitest";
import { redisForAll, redisPlace } from "../../testing/redis-place.ts";
import { inboxContract } from "../contract/index.ts";

const server = redisForAll();

inboxContract("redis", async () => ({ open: redisPlace(server()).open, remove: async () => {} }));

// A cluster of one has all slots, and refuses as any cluster does what touches two of them.
const cluster = redisForAll("--cluster-enabled", "yes");

beforeAll(async () => {
  const client = await createClient({ url: cluster().url }).connect();
  await client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
  while (!(await client.sendCommand<string>(["CLUSTER", "INFO"])).includes("cluster_state:ok"));
  client.destroy();
});

inboxContract("redis in cluster mode", async () => ({ open: redisPlace(cluster()).open, remove: async () => {} }));
