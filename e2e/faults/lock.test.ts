import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { hubIn } from "./hubs.ts";
import { Line } from "./line.ts";
import { isLong, LIMIT_MS } from "./long.ts";
import { LOOP_MS, LoopWatch, PROMISED_MS, sentence, slowest } from "./loop-watch.ts";
import { temporaryPlace } from "./place.ts";

describe("another process holds the write lock", { timeout: LIMIT_MS }, () => {
  it.each(isLong ? [3_000, 10_000] : [3_000])(
    "[P11] for %i ms: sends wait or are refused, pings and readers are answered, then all goes on",
    async (heldMs) => {
      await using place = await temporaryPlace();
      await using hub = await hubIn(place.path);
      using author = await Line.to(hub.port, "100");
      using target = await Line.to(hub.port, "101");
      using idle = await Line.to(hub.port, "102");
      expect(await author.send(draft("before"))).toMatchObject({ type: "sent" });

      const loop = await LoopWatch.on(hub.port);
      using lock = lockedStore(place.store);
      const start = performance.now();
      const answers = Promise.all(["d1", "d2"].map((id) => author.send(draft(id))));
      const pings: number[] = [];
      const reads: number[] = [];
      while (performance.now() - start < heldMs) {
        pings.push(await idle.ping());
        const asked = performance.now();
        using reader = await Line.to(hub.port, "101");
        reads.push(performance.now() - asked);
        expect(reader.welcome.head).toBe(1);
      }
      const delay = await loop.read();
      lock.release();

      console.log(`write lock held ${heldMs} ms: ${sentence(delay)}`);
      expect(delay.most).toBeLessThanOrEqual(LOOP_MS);
      console.log(`write lock held ${heldMs} ms: ${slowest("ping", pings)}, ${slowest("new session", reads)}`);
      expect(Math.max(...pings)).toBeLessThan(PROMISED_MS);
      for (const answer of await answers) {
        if (answer.type === "refused")
          expect(answer).toMatchObject({ code: "unavailable", retryAfter: expect.any(Number) });
        // What was refused has not happened, and is new now; what was answered has, and is not.
        const again = await author.send(draft(answer.id));
        expect(again).toMatchObject({ type: "sent" });
        expect("duplicate" in again).toBe(answer.type === "sent");
      }
      expect(await author.send(draft("after"))).toMatchObject({ type: "sent" });
      await target.has(4);
      const ids = target.entries.map((entry) => entry.kind === "notification" && entry.id);
      expect([ids.at(0), new Set(ids.slice(1, 3)), ids.at(3)]).toEqual(["before", new Set(["d1", "d2"]), "after"]);
    },
  );
});

/** This test's process is the other one. */
function lockedStore(file: string): Disposable & { release(): void } {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  db.exec("BEGIN IMMEDIATE");
  return { release: () => db.exec("COMMIT"), [Symbol.dispose]: () => db.close() };
}

function draft(id: string) {
  return { id, to: "101", text: `text of ${id}` };
}
