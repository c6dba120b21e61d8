import { describe, expect, it } from "vitest";
import { RedisServer } from "../../../../../e2e/machine/redis.ts";
import { Ledger } from "../../testing/ledger.ts";
import { redisPlace } from "../../testing/redis-place.ts";
import type { Level } from "./durability.ts";

const AUTHORS = Array.from({ length: 20 }, (_, n) => `author${n}`);
const KILLS = 4;

describe("a server that is killed while many send", () => {
  it.each<readonly [level: Level, settings: readonly string[]]>([
    ["everysec", []],
    ["always", ["--appendfsync", "always"]],
  ])(
    "[P6] [P7] [P12] [P29] %s: what was answered is there once, and no seq was given twice in one epoch",
    async (durability, settings) => {
      await using server = await RedisServer.start(...settings);
      const inbox = await redisPlace(server, { durability, patience: 1_000 }).open();
      const ledger = new Ledger("101");
      const over = new AbortController();
      const sending = ledger.sendAll([inbox], AUTHORS, over.signal);
      for (let kill = 0; kill < KILLS; kill++) {
        await ledger.grows(500);
        await server.kill();
        await server.start();
      }
      await ledger.grows(500);
      over.abort();
      await sending;
      // Redis has written its file before it answers at either level: only a machine that ends can take it back.
      expect(await ledger.lostFrom(inbox)).toEqual([]);
      await inbox.close();
    },
    60_000,
  );
});
