import { nanoid } from "nanoid";
import type { Logger } from "pino";
import { localBus } from "./bus/local.ts";
import { openRedisBus } from "./bus/redis/bus.ts";
import type { Config } from "./config/config.ts";
import type { Meter } from "./hub/meter.ts";
import type { Bus, Inbox, Places, Revocations } from "./hub/ports.ts";
import { openRedisInbox } from "./inbox/redis/inbox.ts";
import { openSqliteInbox } from "./inbox/sqlite/inbox.ts";
import { walBytes } from "./inbox/sqlite/wal.ts";
import { LIMITS } from "./limits.ts";
import type { RedisAccess } from "./redis/link.ts";

/** The logs, and what rings between hubs that share them. */
export type Stores = {
  readonly inbox: Inbox & Revocations;
  readonly bus: Bus;
  /** Absent where this hub is alone. */
  readonly places?: Places;
  /** What of the store grows, for who watches. */
  readonly gauges: { readonly waitingChanges: () => number; readonly walBytes: () => Promise<number> };
};

export type StoreParts = {
  readonly log: Logger;
  readonly meter: Meter;
  /** Called when nothing can be stored any more. */
  readonly onFatal: (error: unknown) => void;
};

/** Opens what CARILLON_STORE names. Rejects with what the operator has to know. */
export function openStores(config: Config, parts: StoreParts): Promise<Stores> {
  const { store } = config;
  switch (store.engine) {
    case "sqlite":
      return openEmbedded(store.file, config, parts);
    case "redis":
      return openDistributed(store.url, config, parts);
    default:
      return store satisfies never;
  }
}

async function openEmbedded(file: string, config: Config, { log, meter, onFatal }: StoreParts): Promise<Stores> {
  const inbox = await openSqliteInbox({
    file,
    onFatal,
    onFinding: ({ level, message, facts }) => log[level](facts, message),
    mostEntries: config.keepEntries,
    mostApplicationEntries: config.keepApplicationEntries,
    meter,
  });
  const gauges = { waitingChanges: () => inbox.waiting, walBytes: () => walBytes(file) };
  return { inbox, bus: localBus(), gauges };
}

async function openDistributed(url: string, config: Config, { log, meter }: StoreParts): Promise<Stores> {
  const hub = nanoid();
  const access = redisAccess(url, config);
  const inbox = await openRedisInbox({
    ...access,
    hub,
    prefix: config.redisPrefix,
    durability: config.redisDurability,
    replicas: config.redisReplicas,
    patience: config.redisPatience,
    onFinding: ({ level, message, facts }) => log[level](facts, message),
    mostEntries: config.keepEntries,
    mostApplicationEntries: config.keepApplicationEntries,
    lapseEvery: LIMITS.lapseEveryMs,
    meter,
  });
  const bus = await openRedisBus({
    ...access,
    hub,
    prefix: config.redisPrefix,
    patience: config.redisPatience,
  });
  const gauges = { waitingChanges: () => inbox.waiting, walBytes: async () => 0 };
  return { inbox, bus, places: inbox.places, gauges };
}

/** How Redis is entered, with what does not stand in its URL. */
export function redisAccess(url: string, config: Config): RedisAccess {
  return {
    url,
    password: config.redisPassword,
    sentinelPassword: config.redisSentinelPassword,
    ca: config.redisCa,
  };
}
