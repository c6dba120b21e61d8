import { describe, expect, it } from "vitest";
import { canBeCut, Power } from "../../../../../e2e/machine/power.ts";
import { RedisServer } from "../../../../../e2e/machine/redis.ts";
import { Ledger, MOST_LOST_MS } from "../../testing/ledger.ts";
import { temporaryPlace } from "../../testing/place.ts";
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

if (!canBeCut) console.warn("Skipped: the tests of a power cut at Redis need Linux and a C compiler (cc).");

describe.skipIf(!canBeCut)("a machine whose power is cut while many send", () => {
  it.each<readonly [level: Level, settings: readonly string[]]>([
    ["everysec", []],
    ["always", ["--appendfsync", "always"]],
  ])(
    "[P6] [P7] [P12] [P29] %s: nothing is lost but what the level says, and no seq was given twice in one epoch",
    async (durability, settings) => {
      const place = await temporaryPlace();
      const power = new Power(place.path);
      await using server = await RedisServer.startWith(power.env, ...settings);
      const inbox = await redisPlace(server, { durability, patience: 1_000, mostEntries: 100_000 }).open();
      const ledger = new Ledger("101");
      const over = new AbortController();
      const sending = ledger.sendAll([inbox], AUTHORS, over.signal);
      await ledger.isAsOldAs(MOST_LOST_MS + 1_000);
      const cutAt = performance.now();
      await server.kill();
      const taken = await power.takesWhatIsNotSynced(await server.appendOnlyFiles());
      await server.start();
      await ledger.grows(200);
      over.abort();
      await sending;
      const lost = await ledger.lostFrom(inbox);
      if (durability === "always") expect(lost).toEqual([]);
      else expect(taken).toBeGreaterThan(0); // Else nothing was cut.
      expect(lost.filter((name) => ledger.age(name, cutAt) > MOST_LOST_MS)).toEqual([]);
      await inbox.close();
      await place.remove();
    },
    60_000,
  );
});
