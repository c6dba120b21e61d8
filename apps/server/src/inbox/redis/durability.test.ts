import { createClient } from "@redis/client";
import { describe, expect, it } from "vitest";
import { RedisServer } from "../../../../../e2e/machine/redis.ts";
import { InboxUnavailable } from "../../hub/ports.ts";
import { redisPlace } from "../../testing/redis-place.ts";
import { draft } from "../contract/bench.ts";
import type { Level } from "./durability.ts";

describe("durability", { timeout: 30_000 }, () => {
  it.each<readonly [level: Level, settings: readonly string[], warned: readonly RegExp[]]>([
    ["memory", ["--appendonly", "no"], []],
    ["memory", ["--maxmemory-policy", "allkeys-lru"], [/maxmemory-policy to noeviction/u]],
    ["everysec", [], []],
    ["everysec", ["--appendonly", "no"], [/Set appendonly to yes/u]],
    ["everysec", ["--appendfsync", "no"], [/set appendfsync to everysec/u]],
    ["always", ["--appendfsync", "always"], []],
    ["always", [], [/set appendfsync to always/u]],
    ["replicated", [], [/fewer replicas than have to confirm/u]],
  ])("%s on a server with %j: what does not keep it is told at the start", async (durability, settings, warned) => {
    await using server = await RedisServer.start(...settings);
    const told: string[] = [];
    const onFinding = ({ message }: { message: string }) => void told.push(message);
    const inbox = await redisPlace(server, { durability, onFinding }).open();
    await inbox.close();
    expect(told).toHaveLength(warned.length);
    for (const [n, words] of warned.entries()) expect(told[n]).toMatch(words);
  });

  it("[P6] replicated: what too few replicas have is not answered; once they have it, a resend is", async () => {
    await using master = await RedisServer.start();
    await using replica = await RedisServer.start("--replicaof", `127.0.0.1 ${master.port}`);
    await hasReplica(master.url);
    const inbox = await redisPlace(master, { durability: "replicated", patience: 600 }).open();
    expect(await inbox.commit([draft("100", "101", "d1")])).toMatchObject([{ outcome: "stored" }]);
    replica.freeze();
    await expect(inbox.commit([draft("100", "101", "d2")])).rejects.toThrow(/0 of 1 replicas/u);
    await expect(inbox.commit([draft("100", "101", "d2")])).rejects.toThrow(InboxUnavailable);
    await expect(inbox.revoke({ of: "user", uid: "101", until: 1 })).rejects.toThrow(InboxUnavailable);
    replica.thaw();
    expect(await inbox.commit([draft("100", "101", "d2")])).toMatchObject([{ outcome: "duplicate", seq: 2 }]);
    await inbox.close();
  }, 30_000);
});

/** Resolves when a replica has confirmed a write. */
async function hasReplica(url: string): Promise<void> {
  const client = await createClient({ url }).connect();
  await client.sendCommand(["SET", "somebody", "there"]);
  expect(await client.sendCommand(["WAIT", "1", "30000"])).toBe(1);
  client.destroy();
}
