import { createClient } from "@redis/client";
import { freePort, freePorts } from "../../../../e2e/machine/port.ts";
import { RedisServer } from "../../../../e2e/machine/redis.ts";
import type { Entry } from "./entry.ts";
import { until } from "./until.ts";

/** A master, two replicas, and three Sentinels that watch over them, on this machine. */
export class SentinelSet implements AsyncDisposable {
  readonly master: RedisServer;
  readonly #replicas: readonly RedisServer[];
  readonly sentinels: readonly RedisServer[];
  readonly #entry: Entry;

  private constructor(
    master: RedisServer,
    replicas: readonly RedisServer[],
    sentinels: readonly RedisServer[],
    entry: Entry,
  ) {
    this.master = master;
    this.#replicas = replicas;
    this.sentinels = sentinels;
    this.#entry = entry;
  }

  static async start(entry: Entry): Promise<SentinelSet> {
    await using started = new AsyncDisposableStack();
    const start = async (...settings: readonly string[]) => {
      const port = await freePort();
      return started.use(await RedisServer.startOn(port, ...entry.server(port), ...settings));
    };
    const master = await start();
    const following = ["--replicaof", `127.0.0.1 ${master.port}`];
    const replicas = [await start(...following), await start(...following)];
    const sentinels: RedisServer[] = [];
    for (const port of await freePorts(SENTINELS)) {
      const sentinel = RedisServer.sentinelOn(port, configOf(master, entry), ...entry.sentinel(port));
      sentinels.push(started.use(await sentinel));
    }
    const set = new SentinelSet(master, replicas, sentinels, entry);
    await set.#isWhole();
    started.move();
    return set;
  }

  /** Without a password. */
  get hosts(): string {
    return this.sentinels.map(({ port }) => `127.0.0.1:${port}`).join(",");
  }

  /** Resolves when all Sentinels know each other, and replicas that they could promote. */
  async #isWhole(): Promise<void> {
    await until(async () => {
      for (const sentinel of this.sentinels) {
        const flat = await this.#say<Record<string, string>>(sentinel, "SENTINEL", "MASTER", NAME);
        const { port, flags, ["num-other-sentinels"]: others, ["num-slaves"]: replicas } = flat;
        if (port !== String(this.master.port) || flags !== "master" || others !== "2" || replicas !== "2") return false;
        const all = await this.#say<readonly Record<string, string>[]>(sentinel, "SENTINEL", "REPLICAS", NAME);
        if (all.some((each) => each["flags"] !== "slave" || each["master-link-status"] !== "ok")) return false;
      }
      return true;
    }, "Sentinels know everybody");
  }

  /** Resolves when the Sentinels name another master than this one. */
  async isReplaced(master: RedisServer): Promise<void> {
    await until(async () => {
      const named = this.sentinels.map((each) =>
        this.#say<readonly string[]>(each, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME),
      );
      return (await Promise.all(named)).every(([, port]) => port !== String(master.port));
    }, "another one is the master");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of [...this.sentinels, ...this.#replicas, this.master]) {
      server.thaw();
      await server[Symbol.asyncDispose]();
    }
  }

  async #say<T>({ port }: RedisServer, ...command: readonly string[]): Promise<T> {
    const client = createClient(this.#entry.client(port, "sentinel"));
    client.on("error", () => {}); // The command says it.
    await client.connect();
    try {
      return await client.sendCommand<T>(command);
    } finally {
      client.destroy();
    }
  }
}

function configOf(master: RedisServer, { password, client }: Entry): readonly string[] {
  const { password: own } = client(master.port, "sentinel");
  return [
    "sentinel resolve-hostnames no",
    `sentinel monitor ${NAME} 127.0.0.1 ${master.port} 2`,
    ...(password === undefined ? [] : [`sentinel auth-pass ${NAME} "${password}"`]),
    ...(own === undefined ? [] : [`sentinel sentinel-pass "${own}"`]),
    `sentinel down-after-milliseconds ${NAME} 1000`,
    `sentinel failover-timeout ${NAME} 4000`,
  ];
}

/** What the Sentinels call the master. */
export const NAME = "logs";
const SENTINELS = 3;
