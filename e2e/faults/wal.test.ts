import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { flood } from "./flood.ts";
import { hubIn } from "./hubs.ts";
import { Line } from "./line.ts";
import { isLong, LIMIT_MS, size } from "./long.ts";
import { LOOP_MS, LoopWatch, sentence } from "./loop-watch.ts";
import { readMetrics } from "./metrics.ts";
import { linesIn } from "./pages.ts";
import { temporaryPlace } from "./place.ts";
import { book, brokenLogs, readStore } from "./store.ts";
import { Witnesses } from "./witness.ts";

const WRITES = size(30_000, 200_000);
/** The bound: what the hub lets lie when nobody reads any more. It checkpoints at every 1,000 pages (4 MB). */
const KEPT_MB = 16;

it(
  `[P6] a long reader and ${WRITES} writes: the write-ahead log grows while it reads, and is small again when it is gone`,
  { timeout: LIMIT_MS },
  async () => {
    await using place = await temporaryPlace();
    await using hub = await hubIn(place.path);
    await using witnesses = new Witnesses(hub.port);
    const walMb = async () => ((await readMetrics(hub.port)).get("carillon_store_wal_bytes") ?? Number.NaN) / 2 ** 20;
    using author = await Line.to(hub.port, "100");
    const write = (prefix: string, count: number) =>
      flood(author, { to: "101", count, prefix, text: "A reply of a usual length, neither long nor short." });

    const start = performance.now();
    witnesses.phase = "calm";
    const calm = await write("calm", WRITES / 5);
    const withoutReader = await walMb();

    const loop = await LoopWatch.on(hub.port);
    witnesses.phase = "reader";
    const reader = new DatabaseSync(place.store, { readOnly: true });
    reader.exec("BEGIN");
    const seen = () => linesIn(reader).filter(({ uid }) => uid === "101").length;
    expect(seen()).toBe(calm.length);
    const read = await write("read", WRITES);
    const withReader = await walMb();
    expect(seen(), "a reader sees one state").toBe(calm.length);
    reader.close();
    const delay = await loop.read();
    witnesses.phase = "after";

    const after = await write("after", WRITES / 10);
    const afterReader = await walMb();
    const rate = ((calm.length + read.length + after.length) / (performance.now() - start)) * 1_000;
    console.log(
      `write-ahead log in MB: ${withoutReader.toFixed(1)} without a reader, ${withReader.toFixed(1)} with one and ${WRITES} writes, ` +
        `${afterReader.toFixed(1)} after it (${rate.toFixed(0)} writes/s)`,
    );
    const [quiet, crowded] = [witnesses.p99("calm"), witnesses.p99("reader")];
    console.log(`while it reads: ${sentence(delay)}`);
    console.log(`p99 of the witnesses: ${quiet.toFixed(1)} ms without a reader, ${crowded.toFixed(1)} ms with one`);
    await witnesses.finish();
    expect(delay.p99).toBeLessThanOrEqual(LOOP_MS);
    expect(withoutReader).toBeLessThan(KEPT_MB);
    expect(withReader, "nothing that is read is taken away").toBeGreaterThan(KEPT_MB);
    expect(afterReader).toBeLessThanOrEqual(KEPT_MB);
    expect([calm.length, read.length, after.length]).toEqual([WRITES / 5, WRITES, WRITES / 10]);
    await hub.stop();
    const store = await readStore(place.store);
    book(store, witnesses.ledger);
    const { sent: exchanged, ...found } = witnesses.ledger.findings();
    expect([store.integrity, brokenLogs(store), store.drafts.size]).toEqual(["ok", [], WRITES * 1.3 + exchanged]);
    expect(found).toMatchObject({ shown: exchanged, lost: [], doubled: [], reseated: [], disordered: [] });
    // A short run shares its processors with other tests, and a handful of samples has no p99 worth the name.
    if (isLong) expect(crowded).toBeLessThan(2 * quiet);
  },
);
