import { randomUUID } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { RedisServer } from "../../../../e2e/machine/redis.ts";
import { openRedisInbox, type RedisInboxOptions } from "../inbox/redis/inbox.ts";

/** A redis-server for the tests of the surrounding file or `describe`. */
export function redisForAll(...settings: readonly string[]): () => RedisServer {
  let server: RedisServer | undefined;
  beforeAll(async () => {
    server = await RedisServer.start(...settings);
  }, START_MS);
  afterAll(() => server?.[Symbol.asyncDispose]());
  return () => {
    if (server === undefined) throw new Error("There is a redis-server only while tests run.");
    return server;
  };
}

/** A store of a test's own on a server that it shares: by its prefix. */
export function redisPlace(server: { readonly url: string }, options: Partial<RedisInboxOptions> = {}) {
  const prefix = `test-${randomUUID()}`;
  const open = (more: Partial<RedisInboxOptions> = {}) =>
    openRedisInbox({ url: server.url, prefix, ...options, ...more });
  return { open, prefix };
}

/** Milliseconds that a server may need to start, and to be fetched where there is none. */
const START_MS = 120_000;
