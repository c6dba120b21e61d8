import { describe, expect, it } from "vitest";
import { RedisServer } from "../../../../../e2e/machine/redis.ts";
import { type Inbox, InboxUnavailable } from "../../hub/ports.ts";
import { redisPlace } from "../../testing/redis-place.ts";
import { draft } from "../contract/bench.ts";
import type { Level } from "./durability.ts";

const AUTHORS = 20;
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
      const ledger = new Ledger();
      const over = new AbortController();
      const sending = Array.from({ length: AUTHORS }, async (_, author) => {
        for (let n = 0; !over.signal.aborted; n++) await send(inbox, ledger, `author${author}`, `d${n}`);
      });
      for (let kill = 0; kill < KILLS; kill++) {
        await ledger.grows(500);
        await server.kill();
        await server.start();
      }
      await ledger.grows(500);
      over.abort();
      await Promise.all(sending);

      const { entries } = await inbox.read("101", 0, 100_000);
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, n) => n + 1));
      const stored = entries.flatMap((entry) => (entry.kind === "notification" ? `${entry.from} ${entry.id}` : []));
      expect(new Set(stored).size).toBe(stored.length);
      // Redis has written its file before it answers at either level: only a machine that ends can take it back.
      expect(ledger.answered.filter((name) => !stored.includes(name))).toEqual([]);
      expect(ledger.givenTwice).toEqual([]);
      await inbox.close();
    },
    60_000,
  );
});

/** Sends until it is answered, as a client does. */
async function send(inbox: Inbox, ledger: Ledger, from: string, id: string): Promise<void> {
  for (;;) {
    try {
      const [appended] = await inbox.commit([draft(from, "101", id)]);
      if (appended?.outcome === "stored")
        for (const { uid, epoch, entries } of appended.growth)
          for (const entry of entries) if (uid === "101") ledger.given(`${epoch} ${entry.seq}`, `${from} ${id}`);
      return ledger.answer(`${from} ${id}`);
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
  }
}

/** What was answered, and which draft each seq of each epoch was given to. */
class Ledger {
  readonly answered: string[] = [];
  readonly givenTwice: string[] = [];
  readonly #given = new Map<string, string>();

  answer(name: string): void {
    this.answered.push(name);
  }

  given(place: string, name: string): void {
    const before = this.#given.get(place);
    if (before !== undefined && before !== name) this.givenTwice.push(`${place}: ${before}, ${name}`);
    this.#given.set(place, name);
  }

  /** Resolves when so many more are answered. */
  async grows(by: number): Promise<void> {
    const goal = this.answered.length + by;
    await expect.poll(() => this.answered.length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(goal);
  }
}
