import { randomUUID } from "node:crypto";
import { createClient } from "@redis/client";
import { Close } from "@carillon/protocol";
import { describe, expect, it, vi } from "vitest";
import { FaultProxy } from "../../../e2e/faults/proxy.ts";
import { RedisServer } from "../../../e2e/machine/redis.ts";
import type { HubOptions } from "./hub/hub.ts";
import { LEAVING_MS } from "./hub/presence.ts";
import { Rates } from "./hub/rates.ts";
import { submit } from "./hub/submit.ts";
import { draft } from "./inbox/contract/bench.ts";
import { openRedisInbox } from "./inbox/redis/inbox.ts";
import { BEAT_MS, FleetHub } from "./testing/fleet.ts";
import { redisForAll } from "./testing/redis-place.ts";

const server = redisForAll();

/** Hubs on one Redis that nobody has used before. */
async function hubs(count: number, options: Partial<HubOptions> = {}, redis = server()) {
  const prefix = `fleet-${randomUUID()}`;
  const start = () => FleetHub.on(redis, prefix, options);
  const started = await Promise.all(Array.from({ length: count }, start));
  const [one, two, three = one] = started;
  if (one === undefined || two === undefined || three === undefined) throw new Error("There are two or three.");
  const end = async () => {
    await Promise.all(started.map((hub) => hub[Symbol.asyncDispose]()));
  };
  return { one, two, three, prefix, [Symbol.asyncDispose]: end };
}

/** Asks until the answer is this. */
const eventually = <T>(ask: () => T | Promise<T>, answer: T) =>
  vi.waitFor(async () => expect(await ask()).toBe(answer), { timeout: 20_000, interval: 10 });

/** A user who comes whenever there is no session of his, as clients do. */
async function comesBack(hub: FleetHub, uid: string) {
  const over = new AbortController();
  const first = await hub.tab(uid);
  const stay = async () => {
    for (let tab = first; !over.signal.aborted; tab = await hub.tab(uid)) await tab.closed;
  };
  void stay();
  return { end: () => over.abort() };
}

// The grace is waited for side by side.
describe.concurrent("who is online", () => {
  it("[P45] counts the connections of all hubs: at once when asked, and told when it changes", async () => {
    await using at = await hubs(3);
    const before = await at.one.watch("101", "102");
    expect([before.isOnline("101"), before.isOnline("102")]).toEqual([false, false]);
    const tab = await at.two.tab("101");
    await before.until("101", true);
    const after = await at.three.watch("101", "102");
    expect([after.isOnline("101"), after.isOnline("102")]).toEqual([true, false]);
    tab.session.end();
    await Promise.all([before.until("101", false), after.until("101", false)]);
    expect([before.told.length, after.told.length]).toEqual([2, 1]);
  });

  it("[P46] who moves to another hub within the grace was never away", async () => {
    await using at = await hubs(3);
    const tab = await at.two.tab("101");
    const ear = await at.one.watch("101", "102");
    tab.session.end();
    await at.three.tab("101");
    const other = await at.two.tab("102");
    await ear.until("102", true);
    other.session.end(); // Later than 101: when that is told, the grace of 101 is over.
    await ear.until("102", false);
    expect(ear.told.filter(({ uid }) => uid === "101")).toEqual([]);
    expect(ear.isOnline("101")).toBe(true);
  });

  it("[P46] who has a connection on two hubs is online until the last one ends", async () => {
    await using at = await hubs(3);
    const [first, second] = [await at.two.tab("101"), await at.three.tab("101")];
    const ear = await at.one.watch("101");
    expect(await at.one.hub.online("101")).toBe(2);
    first.session.end();
    await eventually(() => at.one.hub.online("101"), 1);
    expect(ear.isOnline("101")).toBe(true);
    second.session.end();
    await ear.until("101", false);
    expect(await at.one.hub.online("101")).toBe(0);
  });

  it("[P46] the users of a hub that falls silent go, and come again with it", async () => {
    await using at = await hubs(2);
    await at.two.tab("101");
    const ear = await at.one.watch("101");
    expect(ear.isOnline("101")).toBe(true);
    at.two.proxy.mode = "blackhole";
    const from = performance.now();
    await ear.until("101", false);
    // Three beats until it is missed, one until that is noticed, and the grace.
    expect(performance.now() - from).toBeLessThan(4 * BEAT_MS + LEAVING_MS + 5_000);
    at.two.proxy.mode = "pass";
    await ear.until("101", true);
    expect(await at.one.hub.online("101")).toBe(1);
  });

  it("[P6] [P14] what a hub stored and could not ring for any more comes when it is gone", async () => {
    await using at = await hubs(2);
    const tab = await at.one.tab("101");
    const proxy = await FaultProxy.to(server().port);
    const mute = await openRedisInbox({ url: `redis://127.0.0.1:${proxy.port}`, prefix: at.prefix, beat: BEAT_MS });
    await mute.commit([draft("100", "101", "d1")]); // Nobody stands behind it who would ring.
    await proxy[Symbol.asyncDispose]();
    expect(await tab.line.received(1)).toMatchObject([{ kind: "notification", id: "d1" }]);
    await mute.close();
  });

  it("[P46] what was lost of it is said again: the hub's word on the bus, and all that Redis knew", async () => {
    await using own = await RedisServer.start();
    await using at = await hubs(2, {}, own);
    const ear = await at.one.watch("101", "102");
    const client = createClient({ url: own.url });
    client.on("error", () => {}); // Its commands tell.
    await client.connect();
    for (let n = 0; n < 3; n++) {
      await client.sendCommand(["CLIENT", "KILL", "TYPE", "pubsub"]);
      const tab = await at.two.tab("101");
      await ear.until("101", true);
      tab.session.end();
      await ear.until("101", false);
    }
    const stays = await comesBack(at.two, "102"); // Its log is lost, too, and it may be told so at any time.
    await client.sendCommand(["FLUSHALL"]);
    await eventually(() => at.one.hub.online("102"), 1);
    stays.end();
    client.destroy();
  }, 60_000);

  it("[P46] while Redis is away a hub knows its own; who left meanwhile is away afterwards", async () => {
    await using at = await hubs(2);
    const [own, other] = [await at.one.tab("100"), await at.two.tab("101")];
    const ear = await at.one.watch("100", "101", "102");
    for (const { proxy } of [at.one, at.two]) await proxy.refuse();
    await ear.until("101", false);
    const late = await at.one.watch("100", "101");
    expect([late.isOnline("100"), late.isOnline("101"), own.isOpen()]).toEqual([true, false, true]);
    expect(await at.one.hub.online("100")).toBe(1);
    other.session.end();
    for (const { proxy } of [at.one, at.two]) await proxy.accept();
    await eventually(async () => (await at.two.tab("102")).isOpen(), true);
    await ear.until("102", true);
    await eventually(() => at.one.hub.online("101"), 0);
    await ear.until("101", false); // It may have been told first that the hub is back, and then that its user is not.
  });
});

describe("attention", () => {
  it("[P56] on one hub counts where another stores, until it ends", async () => {
    await using at = await hubs(2);
    const [tab, connection] = [await at.two.tab("101"), {}];
    const send = async (id: string, thread?: string) => {
      const entries = tab.line.entries.length;
      await at.one.hub.send("100", { ...draft("100", "101", id), ...(thread !== undefined && { thread }) });
      const [entry] = (await tab.line.received(entries + 1)).slice(-1);
      return entry?.kind === "notification" && entry.attended === true;
    };
    await at.two.hub.attention.attend(connection, "101", ["t", 'u"\\ é']);
    expect([await send("d1", "t"), await send("d2", "else"), await send("d3"), await send("d4", 'u"\\ é')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    await at.two.hub.attention.attend(connection, "101", ["v"]);
    expect([await send("d5", "t"), await send("d6", "v")]).toEqual([false, true]);
    at.two.hub.attention.leave(connection);
    await eventually(() => send(randomUUID(), "v"), false);
  });
});

describe("one connection of a user", () => {
  it("[P20] with latest, the newest replaces those before it on all hubs", async () => {
    await using at = await hubs(3, { connections: "latest" });
    const [first, other] = [await at.one.tab("101"), await at.one.tab("102")];
    const second = await at.two.tab("101");
    expect(await first.closed).toBe(Close.replaced);
    const third = await at.three.tab("101");
    expect(await second.closed).toBe(Close.replaced);
    expect([third.isOpen(), other.isOpen()]).toEqual([true, true]);
  });

  it("[P20] with latest, of many that come at once on all hubs exactly one stays", async () => {
    await using at = await hubs(3, { connections: "latest" });
    const all = [at.one, at.two, at.three];
    const tabs = await Promise.all(Array.from({ length: 30 }, (_, n) => (all[n % 3] ?? at.one).tab("101")));
    await eventually(() => tabs.filter((tab) => tab.isOpen()).length, 1);
    // Whatever is still on its way arrives: a later ring has the same way.
    const probe = await at.one.tab("101");
    await eventually(() => tabs.filter((tab) => tab.isOpen()).length, 0);
    expect(probe.isOpen()).toBe(true);
  });

  it("[P20] with latest, a hub that was cut off learns of it afterwards", async () => {
    await using at = await hubs(2, { connections: "latest" });
    const old = await at.two.tab("101");
    await at.two.proxy.refuse();
    const newer = await at.one.tab("101");
    expect(old.isOpen()).toBe(true);
    await at.two.proxy.accept();
    expect(await old.closed).toBe(Close.replaced);
    expect(newer.isOpen()).toBe(true);
  });
});

describe("how many, how fast", () => {
  it("[P50] a user has as many connections on all hubs together as there may be", async () => {
    await using at = await hubs(3, { mostSessions: 3 });
    const tabs = [await at.one.tab("101"), await at.two.tab("101"), await at.three.tab("101")];
    const crowded = await at.one.tab("101");
    expect(await crowded.closed).toBe(Close.crowded);
    expect(tabs.map((tab) => tab.isOpen())).toEqual([true, true, true]);
    tabs[1]?.session.end();
    await eventually(async () => {
      const again = await at.three.tab("101");
      return again.isOpen();
    }, true);
  });

  it("[P50] of many that come at once on all hubs never more stay", async () => {
    await using at = await hubs(3, { mostSessions: 5 });
    const all = [at.one, at.two, at.three];
    const tabs = await Promise.all(Array.from({ length: 30 }, (_, n) => (all[n % 3] ?? at.one).tab("101")));
    expect(tabs.filter((tab) => tab.isOpen()).length).toBeLessThanOrEqual(5);
  });

  it("[P50] the connections of a hub that fell silent count no more", async () => {
    await using at = await hubs(2, { mostSessions: 1 });
    await at.two.tab("101");
    expect(await (await at.one.tab("101")).closed).toBe(Close.crowded);
    at.two.proxy.mode = "blackhole";
    await eventually(async () => (await at.one.tab("101")).isOpen(), true);
  });

  it("[P51] drafts of a user count on all hubs together, with a tenth more at once", async () => {
    const rate = { atOnce: 10, perSecond: 0.1 };
    const sends = () => new Rates({ rate, longestWait: 30_000, clock: () => performance.now() });
    const prefix = `fleet-${randomUUID()}`;
    await using one = await FleetHub.on(server(), prefix, { sends: sends() });
    await using two = await FleetHub.on(server(), prefix, { sends: sends() });
    const send = ({ hub }: FleetHub, from: number) =>
      Promise.all(
        Array.from({ length: 10 }, (_, n) => submit(hub, { uid: "100" }, [draft("100", "101", `d${from + n}`)])),
      );
    const outcomes = [...(await send(one, 0)), ...(await send(two, 10))].flat();
    const refused = outcomes.flatMap((each) => (each.outcome === "refused" ? [each.refusal] : []));
    expect(outcomes.length - refused.length).toBe(12);
    for (const { code, retryAfter = 0 } of refused) {
      expect(code).toBe("rateLimited");
      expect(retryAfter).toBeGreaterThan(1_000);
    }
    expect((await one.hub.inbox.read("101", 0, 100)).entries).toHaveLength(12);
  });
});

describe("who has to go", () => {
  it("[P32] a hub that was cut from Redis when a token was revoked hangs up when it is back", async () => {
    await using at = await hubs(2);
    const [user, bearer, other] = await Promise.all([
      at.two.tab("101"),
      at.two.tab("102", { tokenId: "stolen" }),
      at.two.tab("103", { tokenId: "good" }),
    ]);
    await at.two.proxy.refuse();
    expect(await at.one.hub.gate.revoke({ uid: "101" })).toEqual({ outcome: "done" });
    expect(await at.one.hub.gate.revoke({ tokenId: "stolen" })).toEqual({ outcome: "done" });
    expect([user.isOpen(), bearer.isOpen()]).toEqual([true, true]);
    await at.two.proxy.accept();
    expect([await user.closed, await bearer.closed]).toEqual([Close.revoked, Close.revoked]);
    expect(other.isOpen()).toBe(true);
  });

  it("a user is disconnected on all hubs", async () => {
    await using at = await hubs(3);
    const tabs = [await at.one.tab("101"), await at.two.tab("101"), await at.three.tab("101")];
    expect(await at.one.hub.gate.disconnect("101")).toBe(3);
    for (const tab of tabs) expect(await tab.closed).toBe(Close.disconnected);
  });
});
