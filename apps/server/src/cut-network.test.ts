import { randomUUID } from "node:crypto";
import { Close } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRedisBus } from "./bus/redis/bus.ts";
import { Hub } from "./hub/hub.ts";
import { type Inbox, InboxUnavailable } from "./hub/ports.ts";
import type { Level } from "./inbox/redis/durability.ts";
import { openRedisInbox } from "./inbox/redis/inbox.ts";
import { Keys } from "./redis/keys.ts";
import { tabOn } from "./testing/fleet.ts";
import { Ledger } from "./testing/ledger.ts";
import { portOf } from "./testing/port-of.ts";
import { type Node, RedisCluster } from "./testing/redis-cluster.ts";
import { SIDES, SplitNetwork } from "./testing/split-network.ts";
import { given, until } from "./testing/until.ts";

const network = new SplitNetwork();
let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await RedisCluster.start({ network });
}, 120_000);
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  await network[Symbol.asyncDispose]();
}, 60_000);

/**
 * On one side a master and a hub, on the other its replica, the other masters and a hub. Nobody is told: the servers find out by
 * themselves, and so do the hubs. First the level that may lose something: the next round begins with what it has left.
 */
describe("a cut between a master and its replica, publishers on both sides", { timeout: 90_000 }, () => {
  it.each<readonly [level: Level, appendfsync: string]>([
    ["everysec", "everysec"],
    ["replicated", "always"], // So that disks are asked about where the servers can say.
  ])(
    "[P6] [P7] [P12] [P29] %s, files fsynced %s: what is lost is what the level says, no seq is given twice, and sessions begin anew",
    async (level, appendfsync) => {
      await Promise.all(cluster.nodes.map(({ say }) => say("CONFIG", "SET", "appendfsync", appendfsync)));
      await using at = await twoSides(level);
      const { one, two, ledger } = at;
      const tabs = [await tabOn(one.hub, ledger.to), await tabOn(two.hub, ledger.to)] as const;
      const { position } = await one.hub.inbox.open(ledger.to, { from: "snapshot" });
      const safe = await at.replicated();
      network.cut();
      if (level === "everysec") await one.goesOn(20); // As long as the master has not noticed.
      await one.refuses();
      await at.isPromoted();
      const promoted = ledger.answered.length;
      if (level === "everysec") await two.goesOn(100);
      else await two.refuses(); // The one that was promoted has no replica of its own as long as it lasts.
      network.heal();
      await cluster.isWhole();
      await Promise.all([one.goesOn(50), two.goesOn(50)]);
      const lost = await at.lost();
      // Where nobody asks replicas, the master on side one answers until it notices that it is alone.
      expect(lost.length > 0).toBe(level === "everysec");
      const [before, after] = [ledger.answered.slice(0, safe), ledger.answered.slice(promoted)];
      const kept = new Set([...before, ...after.filter(two.isMine)]);
      expect(lost.filter((name) => kept.has(name))).toEqual([]);
      for (const tab of tabs) expect((await tab.closed).code).toBe(Close.unavailable.code);
      const standing = await one.hub.inbox.open(ledger.to, { from: "position", position });
      expect([standing.snapshot === undefined, standing.position.epoch === position.epoch]).toEqual([false, false]);
    },
  );
});

/** A hub on each side, on both of which authors send to one user; all that they need lies on the master of side one. */
async function twoSides(level: Level) {
  const { master, replica } = await masterOnSideOne();
  const prefix = `cut-${randomUUID()}`;
  const keys = new Keys(prefix);
  const isThere = async (uid: string) => (await cluster.shardOf(keys.user(uid))).master === master;
  const uids = async (count: number, named: (n: number) => readonly string[]) => {
    const found: number[] = [];
    for (let n = 0; found.length < count; n++)
      if ((await Promise.all(named(n).map(isThere))).every(Boolean)) found.push(n);
    return found;
  };
  const [to = 0] = await uids(1, (n) => [`reader${n}`]);
  const authors = (await uids(AUTHORS, (n) => [`author${n}-0`, `author${n}-1`])).map((n) => `author${n}`);
  const ledger = new Ledger(`reader${to}`);
  const [one, two] = await Promise.all([
    Publisher.on(cluster.urlBy(SIDES.one), prefix, level, { ledger, n: 0 }),
    Publisher.on(cluster.urlBy(SIDES.two), prefix, level, { ledger, n: 1 }),
  ]);
  const over = new AbortController();
  const sending = ledger.sendAll([one.inbox, two.inbox], authors, over.signal);
  await Promise.all([one.goesOn(100), two.goesOn(100)]);
  const lost = async () => {
    over.abort();
    await sending;
    const [first = [], second] = await Promise.all([one, two].map(({ hub }) => ledger.lostFrom(hub.inbox)));
    expect(second).toEqual(first);
    return first;
  };
  const end = async () => {
    network.heal();
    over.abort();
    await sending;
    await Promise.all([one.end(), two.end()]);
  };
  /** How many were answered of which the replica has all. */
  const replicated = async () => {
    const count = ledger.answered.length;
    const offset = offsetIn(await master.say<string>("INFO", "replication"));
    await until(async () => offsetIn(await replica.say<string>("INFO", "replication")) >= offset, "it is replicated");
    return count;
  };
  const isPromoted = () => until(() => isMaster(replica), "the replica is the master");
  return { one, two, ledger, lost, replicated, isPromoted, [Symbol.asyncDispose]: end };
}

/** A hub, and what its authors were told. */
class Publisher {
  readonly hub: Hub;
  readonly inbox: Inbox;
  readonly end: () => Promise<void>;
  readonly #ledger: Ledger;
  readonly #mark: string;
  #refused = 0;

  private constructor(hub: Hub, end: () => Promise<void>, { ledger, n }: Publishing) {
    this.hub = hub;
    this.end = end;
    this.#ledger = ledger;
    this.#mark = `-${n} `;
    this.inbox = {
      ...portOf(hub.inbox),
      commit: async (changes) => {
        const changed = await hub.logs.change(changes);
        if (!(changed instanceof InboxUnavailable)) return changed;
        this.#refused += 1;
        throw changed;
      },
    };
  }

  static async on(url: string, prefix: string, durability: Level, publishing: Publishing): Promise<Publisher> {
    const shared = { hub: randomUUID(), url, prefix, durability, patience: 2_000, mostEntries: 100_000 };
    const inbox = await given(() => openRedisInbox(shared), "the store is open");
    const bus = await given(() => openRedisBus(shared), "the bus is open");
    const { places } = inbox;
    const hub = new Hub({ inbox, revocations: inbox, bus, places, connections: "all", now: Date.now });
    const end = async () => {
      hub.close();
      await bus.close();
      await inbox.close();
    };
    return new Publisher(hub, end, publishing);
  }

  /** Whether it was an author of this hub that got an answer. */
  readonly isMine = (name: string): boolean => name.includes(this.#mark);

  /** Resolves when so many more are answered here. */
  goesOn(by: number): Promise<void> {
    const answered = () => this.#ledger.answered.filter(this.isMine).length;
    const goal = answered() + by;
    return until(() => answered() >= goal, `${by} more are answered`);
  }

  refuses(): Promise<void> {
    const before = this.#refused;
    return until(() => this.#refused > before, "it refuses");
  }
}

type Publishing = { readonly ledger: Ledger; readonly n: number };

async function masterOnSideOne(): Promise<{ readonly master: Node; readonly replica: Node }> {
  const [master] = cluster.nodes;
  if (master === undefined) throw new Error("There are nodes.");
  if (!(await isMaster(master))) await cluster.promote(master);
  await cluster.isWhole();
  const replica = await cluster.replicaOf(master);
  return { master, replica };
}

async function isMaster({ say }: Node): Promise<boolean> {
  return (await say<readonly string[]>("ROLE"))[0] === "master";
}

function offsetIn(about: string): number {
  return Number(/(?:slave|master)_repl_offset:(\d+)/.exec(about)?.[1] ?? 0);
}

const AUTHORS = 10;
