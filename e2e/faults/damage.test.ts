import { copyFile, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flood } from "./flood.ts";
import { type End, HubProcess } from "./hub-process.ts";
import { Line } from "./line.ts";
import { LIMIT_MS, size } from "./long.ts";
import { temporaryPlace } from "./place.ts";
import { dice, type Dice } from "./random.ts";
import { brokenLogs, readStore, type Store } from "./store.ts";

const PAGE = 4_096;
/** Drafts that only the write-ahead log has. */
const LATE = 100;

describe("a damaged store", { timeout: LIMIT_MS }, () => {
  let place: Awaited<ReturnType<typeof temporaryPlace>>;
  let chance: Dice;
  let healthy: { readonly file: string; readonly bytes: Buffer; readonly drafts: number };
  beforeAll(async () => {
    chance = dice("damage");
    place = await temporaryPlace();
    const file = join(place.path, "healthy.db");
    await using hub = await HubProcess.start(file);
    using author = await Line.to(hub.port, "100");
    const ids = await flood(author, { to: "101", count: 300, prefix: "d", text: "x".repeat(400) });
    await hub.stop();
    healthy = { file, bytes: await readFile(file), drafts: ids.length };
  });
  afterAll(() => place[Symbol.asyncDispose]());

  const noise = (bytes: Buffer, at: number) => {
    const page = Buffer.from(Array.from({ length: PAGE }, () => chance.below(256)));
    return Buffer.concat([bytes.subarray(0, at), page, bytes.subarray(at + PAGE)]);
  };
  const somePage = (bytes: Buffer) => PAGE * (1 + chance.below(bytes.length / PAGE - 1));

  it.each<[what: string, damaged: (bytes: Buffer) => Buffer]>([
    ...Array.from({ length: size(1, 20) }, (_, n): [string, (bytes: Buffer) => Buffer] => [
      `a page of noise (${n + 1})`,
      (bytes) => noise(bytes, somePage(bytes)),
    ]),
    ["a first page of noise", (bytes) => noise(bytes, 0)],
    ["half of it gone", (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2))],
    ["all but 50 bytes gone", (bytes) => bytes.subarray(0, 50)],
    ["a file that is not a database", () => Buffer.from("This is a letter, not a database. ".repeat(200))],
    ["a file of length 0", () => Buffer.alloc(0)],
  ])("[P6] %s: the hub refuses to start, says why, and touches nothing", async (_what, damaged) => {
    const file = join(place.path, "damaged.db");
    const bytes = damaged(healthy.bytes);
    await writeFile(file, bytes);
    const end = await outcome(file);
    expect(end).toMatchObject({ code: 1, log: expect.stringMatching(/damaged|not a database|is empty/u) });
    expect((await readFile(file)).equals(bytes)).toBe(true);
  });

  it("[P6] single flipped bytes: refused, or everything is still there", async () => {
    for (let round = 0; round < size(1, 30); round += 1) {
      const file = join(place.path, "flipped.db");
      const bytes = Buffer.from(healthy.bytes);
      const at = chance.below(bytes.length);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << chance.below(8)), at);
      await writeFile(file, bytes);
      const end = await outcome(file);
      if (end !== "started") expect(end, `byte ${at}`).toMatchObject({ code: 1 });
      else expect((await readStore(file)).logs.get("101"), `byte ${at}`).toHaveLength(healthy.drafts);
    }
  });

  it("[P7] [P29] a write-ahead log that lost its tail: an earlier state, whole, and a new incarnation if commits are lost", async () => {
    const { file, before, left, wal } = await killedWithWal();
    const lengths = [wal, wal - 1, Math.floor(wal / 2) + 7, 0];
    const losses = new Set<boolean>();
    for (const length of [...lengths, ...Array.from({ length: size(0, 12) }, () => chance.below(wal))]) {
      const what = `${length} of ${wal} bytes`;
      const torn = join(place.path, `torn-${length}.db`);
      for (const end of ["", "-wal", "-commits"]) await copyFile(file + end, torn + end);
      await truncate(`${torn}-wal`, length);
      const isLoss = (await readStore(torn)).commits < left.commits;
      losses.add(isLoss);

      await using hub = await HubProcess.start(torn);
      using author = await Line.to(hub.port, "100");
      // So many that the log is as long again as it was: what the client has would be taken for what the log has now.
      await flood(author, { to: "101", count: LATE, prefix: "again", text: "Written after the loss." });
      using target = await Line.to(hub.port, "101", { epoch: left.epoch, seq: before.drafts.size + LATE });
      const { log } = await hub.stop();
      expect(target.welcome, what).toMatchObject({ wasRecovering: true, recovered: !isLoss });
      expect("snapshot" in target.welcome, what).toBe(isLoss);
      expect(log.includes('"level":50'), what).toBe(isLoss);

      const store = await readStore(torn);
      expect([store.integrity, brokenLogs(store), store.epoch !== left.epoch], what).toEqual(["ok", [], isLoss]);
      const lost = [...before.drafts.keys()].filter((name) => !store.drafts.has(name));
      expect(lost, "what was checkpointed is not in the write-ahead log").toEqual([]);
      expect(await outcome(torn)).toBe("started");
      expect((await readStore(torn)).epoch, "and it stays that incarnation").toBe(store.epoch);
    }
    expect(losses).toEqual(new Set([false, true]));
  });

  /** A store with a part in the database, and a part that only its write-ahead log has: before it and after. */
  async function killedWithWal(): Promise<{ file: string; before: Store; left: Store; wal: number }> {
    const file = join(place.path, "killed.db");
    await copyFile(healthy.file, file);
    const before = await readStore(file);
    await using hub = await HubProcess.start(file);
    using author = await Line.to(hub.port, "100");
    await flood(author, { to: "101", count: LATE, prefix: "late", text: "Only in the write-ahead log." });
    await hub.kill();
    return { file, before, left: await readStore(file), wal: (await stat(`${file}-wal`)).size };
  }
});

/** What comes of a start: the end of a hub that refused, or one that answered and was stopped. */
async function outcome(file: string): Promise<End | "started"> {
  await using hub = await HubProcess.launch(file);
  const end = await Promise.race([hub.ended, hub.answering().catch(() => hub.ended)]);
  if (end !== undefined) return end;
  await hub.stop();
  return "started";
}
