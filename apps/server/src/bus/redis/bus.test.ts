import { createClient } from "@redis/client";
import { describe, expect, it } from "vitest";
import { redisForAll } from "../../testing/redis-place.ts";
import type { Bus, Revocation } from "../../hub/ports.ts";
import { ALL_PARTITIONS, Keys, partitionOf } from "../../redis/keys.ts";
import { openRedisBus } from "./bus.ts";

const server = redisForAll();

describe("the bus on Redis", { timeout: 30_000 }, () => {
  it("rings at the other hubs, once for a log and a tick, and never at itself", async () => {
    await using at = await pair();
    at.one.bus.ring("101", 1, "e");
    at.one.bus.ring("101", 2, "e");
    at.one.bus.ring("102", 7);
    await at.two.until(() => at.two.rings.length === 2);
    expect(at.two.rings.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ["101", 2, "e"],
      ["102", 7, undefined],
    ]);
    at.two.bus.ring("103", 1);
    await at.one.until(() => at.one.rings.length === 1);
    expect(at.one.rings).toEqual([["103", 1, undefined]]);
  });

  it("[P32] tells what is revoked", async () => {
    await using at = await pair();
    const revocations: Revocation[] = [
      { of: "user", uid: "101", until: 5 },
      { of: "token", tokenId: "t", expiresAt: undefined },
    ];
    for (const each of revocations) at.one.bus.revoked(each);
    // Of a token in every part, for anybody may bear it.
    await at.two.until(() => at.two.revoked.length === 1 + ALL_PARTITIONS.length);
    expect(at.two.revoked).toEqual(expect.arrayContaining(revocations));
  });

  it("after each of eight cuts it is in doubt about everybody, and rings again", async () => {
    await using at = await pair();
    for (let n = 1; n <= 8; n++) {
      const doubts = at.two.doubts.length;
      await at.admin(["CLIENT", "KILL", "TYPE", "pubsub"]);
      await at.two.until(() => at.two.doubts.slice(doubts).some((concerns) => concerns("101") && concerns("102")));
      await at.two.until(() => at.one.bus.isHeard());
      await at.two.until(() => (at.one.bus.ring("101", n), at.two.rings.some(([, head]) => head === n)));
    }
  });

  it("a ring that is lost is noticed by the next message of its part, or by a beat", async () => {
    await using at = await pair({ beat: 50 });
    // As another hub would, whose second message is lost.
    const say = (n: number, beat?: true) =>
      at.admin(["SPUBLISH", at.bellOf("101"), JSON.stringify({ hub: "third", n, beat })]);
    await say(1);
    const doubts = at.two.doubts.length;
    await say(3);
    await at.two.until(() => at.two.doubts.length === doubts + 1);
    expect(at.two.doubts.at(-1)?.("101")).toBe(true);
    await say(4, true);
    await at.two.until(() => at.two.doubts.length === doubts + 2);
  });

  it("that does not hear itself begins anew", async () => {
    await using at = await pair({ beat: 50 });
    await at.one.until(() => at.one.bus.isHeard());
    server().freeze();
    await at.one.until(() => !at.one.bus.isHeard());
    server().thaw();
    await at.one.until(() => at.one.bus.isHeard());
  });
});

async function pair(options: { beat?: number } = {}) {
  const prefix = `bus-${crypto.randomUUID()}`;
  const open = () => openRedisBus({ url: server().url, prefix, patience: 1_000, ...options });
  const [one, two] = (await Promise.all([open(), open()])).map(listening);
  if (one === undefined || two === undefined) throw new Error("There are two.");
  const client = await createClient({ url: server().url }).connect();
  const admin = (command: readonly string[]) => client.sendCommand(command);
  const end = async () => {
    client.destroy();
    await Promise.all([one.bus.close(), two.bus.close()]);
  };
  return {
    one,
    two,
    admin,
    bellOf: (uid: string) => new Keys(prefix).bell(partitionOf(uid)),
    [Symbol.asyncDispose]: end,
  };
}

function listening(bus: Bus) {
  const rings: [uid: string, head: number, epoch: string | undefined][] = [];
  const revoked: Revocation[] = [];
  const doubts: ((uid: string) => boolean)[] = [];
  bus.onRing((uid, head, epoch) => rings.push([uid, head, epoch]));
  bus.onRevoked((revocation) => revoked.push(revocation));
  bus.onDoubt((concerns) => doubts.push(concerns));
  const until = (isSo: () => boolean) => expect.poll(isSo, { timeout: 10_000, interval: 10 }).toBe(true);
  return { bus, rings, revoked, doubts, until };
}
