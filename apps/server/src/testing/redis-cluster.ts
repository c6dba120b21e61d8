import { createClient } from "@redis/client";
import { afterAll, beforeAll } from "vitest";
import { freePorts } from "../../../../e2e/machine/port.ts";
import { RedisServer } from "../../../../e2e/machine/redis.ts";
import { SLOTS, slotOf } from "../redis/slots.ts";
import { type Entry, open } from "./entry.ts";
import { type Side, SIDES, type SplitNetwork } from "./split-network.ts";
import { until } from "./until.ts";

/** A cluster for the tests of the surrounding file or `describe`. */
export function clusterForAll(...settings: readonly string[]): () => RedisCluster {
  let cluster: RedisCluster | undefined;
  beforeAll(async () => {
    cluster = await RedisCluster.start({ settings });
  }, START_MS);
  afterAll(() => cluster?.[Symbol.asyncDispose]());
  return () => {
    if (cluster === undefined) throw new Error("There is a cluster only while tests run.");
    return cluster;
  };
}

/** A node, and a client of its own by which a test tells it what to do. */
export type Node = {
  readonly server: RedisServer;
  readonly id: string;
  /** Where the others reach it. */
  readonly known: Ports;
  readonly say: <T>(...command: readonly string[]) => Promise<T>;
  readonly end: () => void;
};

type ClusterOptions = {
  readonly settings?: readonly string[];
  readonly network?: SplitNetwork;
  readonly entry?: Entry;
};

type Ports = { readonly port: number; readonly busPort: number };

/** Three masters with a replica each, on this machine. */
export class RedisCluster implements AsyncDisposable {
  readonly nodes: readonly Node[];

  private constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }

  /** @param network on which the first master stands alone on side one */
  static async start({ settings = [], network, entry = open }: ClusterOptions = {}): Promise<RedisCluster> {
    const ports = await freePorts(4 * SHARDS);
    const started = await Promise.allSettled(
      Array.from({ length: 2 * SHARDS }, async (_, n) => {
        const own = { port: ports[2 * n] ?? 0, busPort: ports[2 * n + 1] ?? 0 };
        if (network === undefined) return startNode(own, own, settings, entry);
        const side = n === 0 ? "one" : "two";
        const known = await portsOn(network, side, own);
        return startNode(own, known, [...settings, ...announcing(side, known)], entry);
      }),
    );
    const cluster = new RedisCluster(started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : [])));
    try {
      for (const each of started) if (each.status === "rejected") throw each.reason;
      await cluster.#join();
      return cluster;
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  get url(): string {
    return this.urlBy("127.0.0.1");
  }

  /** @param host by which all of them are called */
  urlBy(host: string): string {
    const hosts = this.nodes.slice(0, SHARDS).map(({ known }) => `${host}:${known.port}`);
    return `redis+cluster://${hosts.join(",")}`;
  }

  /** The master of this key's slot now, and, if it has one that follows it, a replica. */
  async shardOf(key: string): Promise<{ readonly master: Node; readonly replica: Node }> {
    const slot = slotOf(key);
    const witness = this.#awake();
    const ranges = await witness.say<readonly Range[]>("CLUSTER", "SLOTS");
    const range = ranges.find(([first, last]) => first <= slot && slot <= last);
    const [master, replica] = (range?.slice(2) ?? []).map((each) => this.#at((each as Range[2])[1]));
    if (master === undefined || replica === undefined) throw new Error("This shard has no replica.");
    return { master, replica };
  }

  async replicaOf({ id }: Node): Promise<Node> {
    const [line = ""] = await this.#awake().say<readonly string[]>("CLUSTER", "REPLICAS", id);
    const replica = this.nodes.find((node) => line.startsWith(node.id));
    if (replica === undefined) throw new Error("This master has no replica.");
    return replica;
  }

  /** A master that does not have this key. */
  async otherMaster(key: string): Promise<Node> {
    const { master } = await this.shardOf(key);
    for (const node of this.nodes)
      if (node !== master && (await node.say<readonly string[]>("ROLE"))[0] === "master") return node;
    throw new Error("There are three masters.");
  }

  /** Promotes a replica, whatever its master thinks of it. */
  async promote(replica: Node): Promise<void> {
    await replica.say("CLUSTER", "FAILOVER", "TAKEOVER");
    await until(async () => (await replica.say<readonly string[]>("ROLE"))[0] === "master", "it is the master");
  }

  /** From now on the replica hears nothing of what its master is told; promoted, it lacks it, and so does its master then. */
  async silence({ master, replica }: { readonly master: Node; readonly replica: Node }) {
    replica.server.freeze();
    await master.say("CLIENT", "KILL", "TYPE", "replica");
    const promote = async () => {
      master.server.freeze();
      replica.server.thaw();
      await this.promote(replica);
      master.server.thaw();
    };
    return { promote };
  }

  /** Resolves when all nodes agree on everything, and all replicas follow their masters. */
  async isWhole(): Promise<void> {
    await until(async () => {
      const views = await Promise.all(this.nodes.map(viewOf));
      return new Set(views).size === 1;
    }, "all agree");
    await until(async () => {
      const told = await Promise.all(this.nodes.map(({ say }) => say<string>("INFO", "replication")));
      const following = told.filter((each) => each.includes("master_link_status:up"));
      const followed = told.filter((each) => /role:master[^]*state=online/.test(each));
      return following.length === SHARDS && followed.length === SHARDS;
    }, "replicas follow");
  }

  /** Moves the slot of a key as operators do: key by key, while everything goes on. */
  async migrate(key: string, to: Node): Promise<void> {
    const move = await this.beginMove(key, to);
    await move.end();
  }

  /** Both nodes know that the slot of this key moves; `take` moves one key of it, `end` all that are left. */
  async beginMove(key: string, to: Node) {
    const { master: from } = await this.shardOf(key);
    const slot = String(slotOf(key));
    await to.say("CLUSTER", "SETSLOT", slot, "IMPORTING", from.id);
    await from.say("CLUSTER", "SETSLOT", slot, "MIGRATING", to.id);
    const take = (each: string) => from.say("MIGRATE", "127.0.0.1", String(to.server.port), each, "0", "5000");
    const end = async () => {
      for (;;) {
        const keys = await from.say<readonly string[]>("CLUSTER", "GETKEYSINSLOT", slot, "10");
        if (keys.length === 0) break;
        for (const one of keys) await take(one);
      }
      for (const node of [to, from]) await node.say("CLUSTER", "SETSLOT", slot, "NODE", to.id);
    };
    return { take, end };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      this.nodes.map(async ({ server, end }) => {
        end();
        server.thaw();
        await server[Symbol.asyncDispose]();
      }),
    );
  }

  async #join(): Promise<void> {
    const masters = this.nodes.slice(0, SHARDS);
    const [first] = masters;
    if (first === undefined) throw new Error("There are nodes.");
    await Promise.all(masters.map(({ say }, n) => say("CLUSTER", "ADDSLOTSRANGE", ...rangeOf(n))));
    for (const { known } of this.nodes)
      await first.say("CLUSTER", "MEET", "127.0.0.1", String(known.port), String(known.busPort));
    await until(async () => {
      const known = await Promise.all(this.nodes.map(({ say }) => say<string>("CLUSTER", "NODES")));
      return known.every((each) => each.trim().split("\n").length === this.nodes.length && !each.includes("handshake"));
    }, "all have met");
    await Promise.all(
      this.nodes.slice(SHARDS).map(({ say }, n) => say("CLUSTER", "REPLICATE", masters[n]?.id ?? "none")),
    );
    await this.isWhole();
  }

  #at(port: number): Node {
    const node = this.nodes.find(({ known }) => known.port === port);
    if (node === undefined) throw new Error("This is no node of ours.");
    return node;
  }

  #awake(): Node {
    const node = this.nodes.find(({ server }) => !server.isFrozen);
    if (node === undefined) throw new Error("All sleep.");
    return node;
  }
}

type Range = readonly [first: number, last: number, master: readonly [host: string, port: number], ...unknown[]];

async function portsOn(network: SplitNetwork, side: Side, { port, busPort }: Ports): Promise<Ports> {
  return { port: await network.inFrontOf(port, side), busPort: await network.inFrontOf(busPort, side) };
}

/** What it tells the others, and that it does not know by which name a client calls it. */
function announcing(side: Side, { port, busPort }: Ports): readonly string[] {
  const where = ["--cluster-announce-port", `${port}`, "--cluster-announce-bus-port", `${busPort}`];
  const who = ["--cluster-announce-ip", "127.0.0.1", "--cluster-preferred-endpoint-type", "unknown-endpoint"];
  return [...where, ...who, "--bind-source-addr", SIDES[side]];
}

async function startNode(own: Ports, known: Ports, settings: readonly string[], entry: Entry): Promise<Node> {
  const { port, busPort } = own;
  const asNode = ["--cluster-enabled", "yes", "--cluster-port", `${busPort}`, "--cluster-node-timeout", "2000"];
  const server = await RedisServer.startOn(port, ...asNode, ...settings, ...entry.server(port));
  const client = createClient(entry.client(port));
  client.on("error", () => {}); // It is killed, and comes back.
  await client.connect();
  const say = <T>(...command: readonly string[]) => client.sendCommand<T>(command);
  return { server, known, say, id: await say<string>("CLUSTER", "MYID"), end: () => client.destroy() };
}

/** What a node says of who has which slots and who follows whom. */
async function viewOf({ say }: Node): Promise<string> {
  const ranges = await say<readonly Range[]>("CLUSTER", "SLOTS");
  const isOk = (await say<string>("CLUSTER", "INFO")).includes("cluster_state:ok");
  if (!isOk || ranges.some(({ length }) => length < 4)) throw new Error("It misses somebody.");
  const lines = ranges.map(([first, last, ...servers]) =>
    [first, last, ...servers.map((each) => (each as Range[2])[1])].join(" "),
  );
  return lines.toSorted().join("\n");
}

/** Slots of the nth of the masters. */
function rangeOf(n: number): readonly [string, string] {
  const each = Math.ceil(SLOTS / SHARDS);
  return [String(n * each), String(Math.min(SLOTS, (n + 1) * each) - 1)];
}

const SHARDS = 3;
/** Milliseconds that a cluster may need to come together on a busy machine. */
const START_MS = 120_000;
