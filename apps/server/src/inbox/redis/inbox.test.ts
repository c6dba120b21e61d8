import { redisForAll, redisPlace } from "../../testing/redis-place.ts";
import { inboxContract } from "../contract/index.ts";

const server = redisForAll();

inboxContract("redis", async () => ({ open: redisPlace(server()).open, remove: async () => {} }));
