import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { canFail, Disk } from "./disk.ts";
import { HubProcess } from "./hub-process.ts";
import { Line } from "./line.ts";
import { LIMIT_MS } from "./long.ts";
import { LOOP_MS, LoopWatch, PROMISED_MS, sentence, slowest } from "./loop-watch.ts";
import { nameOf } from "./ledger.ts";
import { temporaryPlace } from "./place.ts";
import { brokenLogs, readStore } from "./store.ts";

if (!canFail) console.warn("Skipped: the tests of a failing fsync need Linux and a C compiler (cc).");

describe.skipIf(!canFail)("a disk that fails at fsync", { timeout: LIMIT_MS }, () => {
  it("[P6] EIO: nothing is acknowledged, and the hub ends loudly rather than go on with a disk that it cannot trust", async () => {
    await using scene = await brokenDisk();
    const { place, disk, hub, author, target } = scene;
    await target.has(1);

    await disk.be("eio");
    const answers = await Promise.allSettled(["e1", "e2", "e3"].map((id) => author.send(draft(id))));
    const sent = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.type] : []));
    expect(sent).not.toContain("sent");
    expect(target.entries).toHaveLength(1);
    // The kernel reports a failed write-back once and then calls the pages clean: a disk that seems well again proves nothing.
    await disk.be("well");
    const after = await Promise.race([hub.ended, author.send(draft("later")).catch(() => hub.ended)]);
    expect(after).toMatchObject({ code: 1, log: expect.stringContaining('"level":60') });

    await using next = await HubProcess.start(place.store);
    using again = await Line.to(next.port, "100");
    expect(await again.send(draft("before"))).toMatchObject({ type: "sent", seq: 1, duplicate: true });
    expect(await again.send(draft("e1"))).toMatchObject({ type: "sent" });
    await next.stop();
    const store = await readStore(place.store);
    expect([store.integrity, brokenLogs(store)]).toEqual(["ok", []]);
  });

  it("[P12] stopped between commit and push: the resend gets the same seq, and it rings once", async () => {
    await using scene = await brokenDisk();
    const { place, disk, hub, author, target } = scene;
    await target.has(1);

    await disk.be("die");
    await expect(author.send(draft("d1"))).rejects.toThrow(/ended/u);
    expect((await hub.ended).signal).toBe("SIGKILL");
    const { drafts } = await readStore(place.store);
    expect(drafts.get(nameOf("100", "d1"))).toBe(2);
    expect(target.entries).toHaveLength(1);

    await using next = await HubProcess.start(place.store);
    using back = await Line.to(next.port, "101", { epoch: target.welcome.position.epoch, seq: 1 });
    using again = await Line.to(next.port, "100");
    expect(await again.send(draft("d1"))).toMatchObject({ type: "sent", seq: 2, duplicate: true });
    await acknowledged(again, "after");
    await back.has(3);
    expect(back.welcome).toMatchObject({ recovered: true });
    expect(back.entries).toMatchObject([
      { seq: 2, id: "d1" },
      { seq: 3, id: "after" },
    ]);
  });

  it("[P6] a slow disk: a draft is answered after its fsync, and nobody else waits for it", async () => {
    await using scene = await brokenDisk();
    const { disk, hub, author } = scene;
    using idle = await Line.to(hub.port, "102");

    const loop = await LoopWatch.on(hub.port);
    await disk.be(`slow ${SLOW_MS}`);
    const start = performance.now();
    const answer = author.send(draft("slow"));
    const pings: number[] = [];
    while (performance.now() - start < SLOW_MS) {
      pings.push(await idle.ping());
      await pause(BREATH_MS);
    }
    expect(await answer).toMatchObject({ type: "sent" });
    expect(performance.now() - start).toBeGreaterThan(SLOW_MS);
    const delay = await loop.read();
    console.log(`slow disk (${SLOW_MS} ms): ${slowest("ping", pings)}; ${sentence(delay)}`);
    expect(Math.max(...pings)).toBeLessThan(PROMISED_MS);
    expect(delay.most).toBeLessThanOrEqual(LOOP_MS);
  });
});

/** A hub on a disk that will fail, with an author's first draft stored, and its target. */
async function brokenDisk() {
  await using parts = new AsyncDisposableStack();
  const place = parts.use(await temporaryPlace());
  const disk = Disk.in(place.path);
  const hub = parts.use(await HubProcess.start(place.store, disk.conditions));
  const author = parts.use(await Line.to(hub.port, "100"));
  const target = parts.use(await Line.to(hub.port, "101"));
  await acknowledged(author, "before");
  const all = parts.move();
  return { place, disk, hub, author, target, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const SLOW_MS = 1_500;
/** Between two pings: more of them than this is a flood (P51). */
const BREATH_MS = 20;

function draft(id: string) {
  return { id, to: "101", text: `text of ${id}` };
}

async function acknowledged(line: Line, id: string): Promise<void> {
  expect(await line.send(draft(id))).toMatchObject({ type: "sent" });
}
