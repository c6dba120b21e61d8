import { createClient } from "@redis/client";
import { describe, expect, it } from "vitest";
import { RedisServer } from "../../../../../e2e/machine/redis.ts";
import { InboxUnavailable } from "../../hub/ports.ts";
import { redisPlace } from "../../testing/redis-place.ts";
import { draft } from "../contract/bench.ts";
import type { Finding } from "./findings.ts";
import type { RedisInboxOptions } from "./inbox.ts";
import { logOf } from "../../testing/log-of.ts";

describe("while Redis is away", { timeout: 30_000 }, () => {
  it("[P11] what is asked is refused at once; once it is back, the same draft is taken", async () => {
    await using at = await opened();
    await at.inbox.commit([draft("100", "101", "before")]);
    await at.server.kill();
    await expect(at.inbox.commit([draft("100", "101", "d1")])).rejects.toThrow(InboxUnavailable);
    await expect(at.inbox.read("101", 0, 10)).rejects.toThrow(InboxUnavailable);
    await expect(at.inbox.isRevoked({ uid: "101", issuedAt: 1, tokenId: undefined })).rejects.toThrow(InboxUnavailable);
    const back = at.hears("Redis is back");
    await at.server.start();
    await back;
    expect(await at.inbox.commit([draft("100", "101", "d1")])).toMatchObject([{ outcome: "stored" }]);
  });

  it("[P11] a server that stands still is given up in time, and nothing waits for it any more", async () => {
    await using at = await opened({ patience: 300 });
    at.server.freeze();
    const asked = Array.from({ length: 1_000 }, (_, n) => at.inbox.commit([draft("100", "101", `d${n}`)]));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.every((each) => each.status === "rejected" && each.reason instanceof InboxUnavailable)).toBe(true);
    expect(at.inbox.waiting).toBe(0);
    await expect(at.inbox.commit([draft("100", "101", "later")])).rejects.toThrow(InboxUnavailable);
    const back = at.hears("Redis is back");
    at.server.thaw();
    await back;
    expect(await at.inbox.commit([draft("100", "101", "d1")])).toMatchObject([{ seq: expect.any(Number) }]);
    const entries = await logOf(at.inbox, "101");
    expect(new Set(entries.map((entry) => entry.kind === "notification" && entry.id)).size).toBe(entries.length);
  });

  it("says at the start that it cannot be reached", async () => {
    const server = await RedisServer.start();
    await server[Symbol.asyncDispose]();
    await expect(redisPlace(server).open()).rejects.toThrow(/ECONNREFUSED/u);
  });

  it("[P11] where its memory is full, writing is refused and reading is not", async () => {
    await using at = await opened();
    await at.inbox.commit([draft("100", "101", "d1")]);
    await at.admin(["CONFIG", "SET", "maxmemory", "1"]);
    await expect(at.inbox.commit([draft("100", "101", "d2")])).rejects.toThrow(InboxUnavailable);
    expect((await at.inbox.read("101", 0, 10)).entries).toHaveLength(1);
    expect((await at.inbox.open("101", { from: "snapshot" })).snapshot?.notifications).toHaveLength(1);
    await at.admin(["CONFIG", "SET", "maxmemory", "0"]);
    expect(await at.inbox.commit([draft("100", "101", "d2")])).toMatchObject([{ outcome: "stored", seq: 2 }]);
  });

  it("[P8] functions that were removed are given back to it, and no log begins anew by that", async () => {
    await using at = await opened();
    const { position } = await at.inbox.open("101", { from: "snapshot" });
    await at.admin(["FUNCTION", "FLUSH"]);
    expect(await at.inbox.commit([draft("100", "101", "d1")])).toMatchObject([{ outcome: "stored" }]);
    await at.admin(["FUNCTION", "FLUSH"]);
    expect((await at.inbox.read("101", 0, 10)).entries).toHaveLength(1);
    expect((await at.inbox.open("101", { from: "position", position })).snapshot).toBeUndefined();
  });
});

describe("an epoch on Redis", { timeout: 30_000 }, () => {
  const resumed = async (at: Awaited<ReturnType<typeof opened>>, position: { epoch: string; seq: number }) =>
    at.inbox.open("101", { from: "position", position });

  it("[P29] is another one when the data are flushed, also for who has no log yet", async () => {
    await using at = await opened();
    await at.inbox.commit([draft("100", "101", "d1"), draft("100", "101", "d2")]);
    const { position } = await at.inbox.open("101", { from: "snapshot" });
    const { position: ofNobody } = await at.inbox.open("nobody", { from: "snapshot" });
    await at.admin(["FLUSHALL"]);
    await at.inbox.commit([draft("100", "101", "d3"), draft("100", "101", "d4")]);
    expect(await resumed(at, position)).toMatchObject({
      head: 2,
      snapshot: { notifications: [{ id: "d3" }, { id: "d4" }] },
    });
    expect((await at.inbox.open("nobody", { from: "snapshot" })).position.epoch).not.toBe(ofNobody.epoch);
    expect((await at.inbox.read("101", 0, 1)).epoch).not.toBe(position.epoch);
  });

  it("[P29] is another one when a restart took the log back: no seq is given twice in one", async () => {
    await using at = await opened({}, "--appendonly", "no");
    await at.inbox.commit([draft("100", "101", "kept")]);
    await at.admin(["SAVE"]);
    await at.inbox.commit([draft("100", "101", "lost")]);
    const { position } = await at.inbox.open("101", { from: "snapshot" });
    await at.restart();
    const [again] = await at.inbox.commit([draft("100", "101", "new")]);
    expect(again).toMatchObject({ seq: 2 });
    const standing = await resumed(at, position);
    expect(standing).toMatchObject({ head: 2, snapshot: { notifications: [{ id: "kept" }, { id: "new" }] } });
    expect((await resumed(at, standing.position)).snapshot).toBeUndefined();
  });

  it("[P6] [P29] is another one after every restart; a server that fsyncs before it answers has lost nothing by it", async () => {
    await using at = await opened({ durability: "always" }, "--appendfsync", "always");
    const sent = await Promise.all(
      Array.from({ length: 200 }, (_, n) => at.inbox.commit([draft("100", "101", `d${n}`)])),
    );
    const { position } = await at.inbox.open("101", { from: "snapshot" });
    await at.restart();
    expect((await resumed(at, position)).snapshot).toBeDefined();
    expect((await at.inbox.read("101", 0, 1_000)).entries).toHaveLength(sent.length);
  });
});

/** An inbox on a server of its own; `settings` are the server's. */
async function opened(options: Partial<RedisInboxOptions> = {}, ...settings: readonly string[]) {
  const server = await RedisServer.start(...settings);
  const findings: Finding[] = [];
  const listeners = new Set<(finding: Finding) => void>();
  const onFinding = (finding: Finding) => {
    findings.push(finding);
    for (const listener of listeners) listener(finding);
  };
  const inbox = await redisPlace(server, { onFinding, ...options }).open();
  const hears = (message: string) =>
    new Promise<void>((resolve) => {
      listeners.add((finding) => finding.message === message && resolve());
    });
  const restart = async () => {
    const back = hears("Redis is back");
    await server.kill();
    await server.start();
    await back;
  };
  const admin = async (command: readonly string[]) => {
    const client = await createClient({ url: server.url }).connect();
    await client.sendCommand(command);
    client.destroy();
  };
  const end = async () => {
    server.thaw();
    await inbox.close();
    await server[Symbol.asyncDispose]();
  };
  return { server, inbox, findings, hears, restart, admin, [Symbol.asyncDispose]: end };
}
