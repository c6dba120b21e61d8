import { createClient } from "@redis/client";
import { describe, expect, it } from "vitest";
import { RedisServer } from "../../../../../e2e/machine/redis.ts";
import { InboxUnavailable } from "../../hub/ports.ts";
import { logOf } from "../../testing/log-of.ts";
import { redisPlace } from "../../testing/redis-place.ts";
import { untilStored } from "../../testing/until-stored.ts";
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
    ["replicated", [], [/have it in memory/u, /fewer replicas than have to confirm/u]],
  ])("%s on a server with %j: what does not keep it is told at the start", async (durability, settings, warned) => {
    await using server = await RedisServer.start(...settings);
    const told: string[] = [];
    const onFinding = ({ message }: { message: string }) => void told.push(message);
    const inbox = await redisPlace(server, { durability, onFinding }).open();
    await inbox.close();
    expect(told).toHaveLength(warned.length);
    for (const [n, words] of warned.entries()) expect(told[n]).toMatch(words);
  });

  it("[P6] replicated: what too few replicas have is not answered, by no hub; once they have it, a resend is", async () => {
    await using master = await RedisServer.start();
    await using replica = await RedisServer.start("--replicaof", `127.0.0.1 ${master.port}`);
    await hasReplica(master.url);
    const { open } = redisPlace(master, { durability: "replicated", patience: 600 });
    const [inbox, other] = await Promise.all([open(), open()]);
    expect(await inbox.commit([draft("100", "101", "d1")])).toMatchObject([{ outcome: "stored" }]);
    replica.freeze();
    await expect(inbox.commit([draft("100", "101", "d2")])).rejects.toThrow(/0 of 1 replicas/u);
    await expect(inbox.commit([draft("100", "101", "d2")])).rejects.toThrow(InboxUnavailable);
    // It finds the draft there: that replicas have it is another question.
    await expect(other.commit([draft("100", "101", "d2")])).rejects.toThrow(InboxUnavailable);
    await expect(inbox.revoke({ of: "user", uid: "101", until: 1 })).rejects.toThrow(InboxUnavailable);
    replica.thaw();
    expect(await inbox.commit([draft("100", "101", "d2")])).toMatchObject([{ outcome: "duplicate", seq: 2 }]);
    await Promise.all([inbox.close(), other.close()]);
  }, 30_000);

  it("[P6] replicated, on a server that fsyncs each write: asks for disks where it can, and goes on where it cannot any more", async () => {
    await using master = await RedisServer.start("--appendfsync", "always");
    await using replica = await RedisServer.start("--replicaof", `127.0.0.1 ${master.port}`, "--appendonly", "no");
    await hasReplica(master.url);
    const told: string[] = [];
    const onFinding = ({ message }: { message: string }) => void told.push(message);
    const inbox = await redisPlace(master, { durability: "replicated", patience: 1_000, onFinding }).open();
    const [described] = await said<readonly unknown[]>(master.url, "COMMAND", "INFO", "WAITAOF");
    expect(told).toEqual([described === null ? expect.stringMatching(/\(WAIT\)/u) : expect.stringMatching(/WAITAOF/u)]);
    if (described !== null) {
      await expect(inbox.commit([draft("100", "101", "d1")])).rejects.toThrow(
        /0 of 1 replicas have it on their disks/u,
      );
      expect(told.at(-1)).toMatch(/each needs appendonly yes and appendfsync always/u);
      await said(replica.url, "CONFIG", "SET", "appendfsync", "always");
      await said(replica.url, "CONFIG", "SET", "appendonly", "yes");
    }
    await untilStored(inbox, draft("100", "101", "d1"));
    await said(master.url, "CONFIG", "SET", "appendonly", "no");
    await untilStored(inbox, draft("100", "101", "d2"));
    expect(await logOf(inbox, "101")).toMatchObject([{ id: "d1" }, { id: "d2" }]);
    await inbox.close();
  });
});

/** Resolves when a replica has confirmed a write. */
async function hasReplica(url: string): Promise<void> {
  const client = await createClient({ url }).connect();
  await client.sendCommand(["SET", "somebody", "there"]);
  expect(await client.sendCommand(["WAIT", "1", "30000"])).toBe(1);
  client.destroy();
}

async function said<T>(url: string, ...command: readonly string[]): Promise<T> {
  const client = await createClient({ url }).connect();
  try {
    return await client.sendCommand<T>(command);
  } finally {
    client.destroy();
  }
}
