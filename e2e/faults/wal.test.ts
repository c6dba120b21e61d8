import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { flood } from "./flood.ts";
import { hubIn } from "./hubs.ts";
import { Line } from "./line.ts";
import { LIMIT_MS, size } from "./long.ts";
import { temporaryPlace } from "./place.ts";
import { brokenLogs, readStore } from "./store.ts";

const WRITES = size(20_000, 200_000);
/** The bound: what the hub lets lie when nobody reads any more. It checkpoints at every 1,000 pages (4 MB). */
const KEPT_MB = 16;

it(
  `[P6] a long reader and ${WRITES} writes: the write-ahead log grows while it reads, and is small again when it is gone`,
  { timeout: LIMIT_MS },
  async () => {
    await using place = await temporaryPlace();
    await using hub = await hubIn(place.path);
    const walMb = () => statSync(`${place.store}-wal`).size / 2 ** 20;
    using author = await Line.to(hub.port, "100");
    const write = (prefix: string, count: number) =>
      flood(author, { to: "101", count, prefix, text: "A reply of a usual length, neither long nor short." });

    const start = performance.now();
    const calm = await write("calm", WRITES / 5);
    const withoutReader = walMb();

    const reader = new DatabaseSync(place.store, { readOnly: true });
    reader.exec("BEGIN");
    const seen = () => reader.prepare("SELECT count(*) AS n FROM entry WHERE uid = '101'").get()?.["n"];
    expect(seen()).toBe(calm.length);
    const read = await write("read", WRITES);
    const withReader = walMb();
    expect(seen(), "a reader sees one state").toBe(calm.length);
    reader.close();

    const after = await write("after", WRITES / 10);
    const afterReader = walMb();
    const rate = ((calm.length + read.length + after.length) / (performance.now() - start)) * 1_000;
    console.log(
      `write-ahead log in MB: ${withoutReader.toFixed(1)} without a reader, ${withReader.toFixed(1)} with one and ${WRITES} writes, ` +
        `${afterReader.toFixed(1)} after it (${rate.toFixed(0)} writes/s)`,
    );
    expect(withoutReader).toBeLessThan(KEPT_MB);
    expect(afterReader).toBeLessThanOrEqual(KEPT_MB);
    expect([calm.length, read.length, after.length]).toEqual([WRITES / 5, WRITES, WRITES / 10]);
    await hub.stop();
    const store = await readStore(place.store);
    expect([store.integrity, brokenLogs(store), store.drafts.size]).toEqual(["ok", [], WRITES * 1.3]);
  },
);
