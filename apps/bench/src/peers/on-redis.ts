import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "@carillon/e2e/machine/port.ts";
import { redisProgram } from "@carillon/e2e/machine/redis.ts";
import { launchHub } from "./carillon.ts";
import { launch } from "./launch.ts";
import type { Peer, Running } from "./peer.ts";

/**
 * Hubs that share one Redis, which fsyncs before it answers, as SQLite does. All of them, and Redis, are held on the same core: so
 * what one more hub costs is seen, and not what one more core brings.
 */
export const onRedis: readonly Peer[] = [1, 3].map((hubs) => ({
  name: `carillon+redis×${hubs}`,
  about: `the same, ${hubs} ${hubs === 1 ? "hub" : "hubs"} on one Redis that fsyncs before it answers; all of its processor time counts`,
  dialect: "carillon",
  isLayout: true,
  start: async (folder) => {
    const redis = await launchRedis(folder);
    return redis && withHubs(folder, redis, hubs);
  },
}));

async function withHubs(folder: string, redis: Running, count: number): Promise<Running> {
  const running: Running[] = [redis];
  const end = async () => {
    for (const each of running.toReversed()) await each.end();
  };
  try {
    for (let n = 0; n < count; n += 1) {
      running.push(
        await launchHub(folder, {
          CARILLON_STORE: `redis://127.0.0.1:${redis.port}`,
          CARILLON_REDIS_DURABILITY: "always",
        }),
      );
    }
  } catch (error) {
    await end();
    throw error;
  }
  const [, ...hubs] = running;
  const ports = hubs.map(({ port }) => port);
  return {
    port: ports[0] ?? 0,
    ports,
    pids: running.flatMap(({ pids }) => pids),
    bootMs: Math.max(...hubs.map(({ bootMs }) => bootMs)),
    end,
  };
}

/** Undefined where it cannot be had. */
async function launchRedis(folder: string): Promise<Running | undefined> {
  const program = redisProgram();
  if (program === undefined) return undefined;
  const port = await freePort();
  const command = join(folder, "redis-server"); // Its own name tells the program what it is.
  await symlink(program.path, command);
  const settings = ["--port", port, "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...DURABLE].map(String);
  return launch({ command: [command, ...settings], folder, port, env: program.env });
}

const DURABLE = ["--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"];
