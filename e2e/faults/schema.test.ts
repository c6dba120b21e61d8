import { watch } from "node:fs";
import { copyFile, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "@carillon/server/inbox/sqlite/database.ts";
import { describe, expect, it } from "vitest";
import { HubProcess } from "./hub-process.ts";
import { Line } from "./line.ts";
import { LIMIT_MS, size } from "./long.ts";
import { temporaryPlace } from "./place.ts";
import { dice } from "./random.ts";
import { firstSchema } from "./schema-1.ts";
import { secondSchema } from "./schema-2.ts";
import { fifthSchema } from "./schema-5.ts";
import { sixthSchema } from "./schema-6.ts";
import { brokenLogs, readStore } from "./store.ts";

describe("the schema of the store", { timeout: LIMIT_MS }, () => {
  it("[P8] a store of the first version: everything is there, in the same incarnation, and it grows", async () => {
    await using place = await temporaryPlace();
    firstSchema(place.store, { notifications: 60 });
    await using hub = await HubProcess.start(place.store);
    using target = await Line.to(hub.port, "101", { epoch: "first", seq: 40 });
    using author = await Line.to(hub.port, "100");
    await target.has(60);
    expect(target.welcome).toMatchObject({ recovered: true, head: 60, position: { epoch: "first", seq: 40 } });
    expect(target.entries.at(-1)).toMatchObject({ seq: 60, id: "d60", from: "100", text: "text 60" });
    expect(author.welcome).toMatchObject({ recovered: false, position: { epoch: "first", seq: 61 } });
    if (!author.welcome.recovered)
      expect(author.welcome.snapshot.sent.slice(-2)).toMatchObject([
        { id: "d59", state: "stored" },
        { id: "d60", state: "stored" },
      ]);

    expect(await author.send({ id: "d60", to: "101", text: "text 60" })).toMatchObject({ duplicate: true, seq: 60 });
    expect(await author.send({ id: "new", to: "101", text: "After." })).toMatchObject({ type: "sent", seq: 62 });
    await target.has(61);
    await hub.stop();
    const store = await readStore(place.store);
    expect([store.integrity, brokenLogs(store), store.epoch]).toEqual(["ok", [], "first"]);
  });

  it("[P8] a store of the second version: marks and receipts too are there, in the same incarnation, and it grows", async () => {
    await using place = await temporaryPlace();
    secondSchema(place.store, { notifications: 30 });
    await using hub = await HubProcess.start(place.store);
    using target = await Line.to(hub.port, "101", { epoch: "second", seq: 0 });
    using author = await Line.to(hub.port, "100");
    await target.has(31);
    expect(target.welcome).toMatchObject({ recovered: true, head: 31, counts: { unseen: 29, unread: 29 } });
    expect(target.entries.at(0)).toMatchObject({ seq: 1, id: "d1", from: "100", text: "text 1", read: true });
    expect(target.entries.at(-1)).toMatchObject({ seq: 31, kind: "mark", target: { seqs: [1] } });
    expect(author.welcome).toMatchObject({ position: { epoch: "second", seq: 32 } });
    if (!author.welcome.recovered)
      expect(author.welcome.snapshot.sent.slice(0, 2)).toMatchObject([
        { id: "d1", state: "read" },
        { id: "d2", state: "stored" },
      ]);

    expect(await author.send({ id: "d30", to: "101", text: "text 30" })).toMatchObject({ duplicate: true, seq: 30 });
    expect(await author.send({ id: "d30", to: "101", text: "Another." })).toMatchObject({ code: "conflict" });
    expect(await author.send({ id: "new", to: "101", text: "After." })).toMatchObject({ type: "sent", seq: 33 });
    await target.has(32);
    await hub.stop();
    const store = await readStore(place.store);
    expect([store.integrity, brokenLogs(store), store.epoch]).toEqual(["ok", [], "second"]);
  });

  it("[P8] a store of the fifth version: what is due is still due, and nobody is muted", async () => {
    await using place = await temporaryPlace();
    fifthSchema(place.store, { notifications: 3 });
    await using hub = await HubProcess.start(place.store);
    using target = await Line.to(hub.port, "101", { epoch: "fifth", seq: 0 });
    using author = await Line.to(hub.port, "100");
    await target.has(5);
    expect(target.entries).toMatchObject([
      { seq: 1, id: "d1", seen: true },
      { seq: 2, id: "d2", text: "", retracted: true },
      { seq: 3, id: "d3", text: "text 3" },
      { seq: 4, kind: "mark" },
      { seq: 5, kind: "retraction", id: "d2" },
    ]);
    if (author.welcome.recovered) throw new Error("There was nothing to recover.");
    expect(author.welcome.snapshot).toMatchObject({ mutes: [], sent: [{ state: "seen" }, {}, { state: "stored" }] });
    expect(author.welcome.snapshot).not.toHaveProperty("quiet");
    expect(await author.send({ id: "d3", to: "101", text: "text 3" })).toMatchObject({ duplicate: true, seq: 3 });
    expect(await author.send({ id: "new", to: "101", text: "After." })).toMatchObject({ type: "sent" });
    await target.has(6);
    expect(target.entries.at(-1)).toMatchObject({ seq: 6, id: "new" });
    await hub.stop();
    const store = await readStore(place.store);
    expect([store.integrity, brokenLogs(store), store.epoch, store.schema]).toEqual(["ok", [], "fifth", 8]);
  });

  it("[P8] a store of the sixth version: a row an entry becomes a page of entries, and all that they say holds", async () => {
    await using place = await temporaryPlace();
    sixthSchema(place.store, { notifications: 70 });
    await using hub = await HubProcess.start(place.store);
    using target = await Line.to(hub.port, "101", { epoch: "sixth", seq: 0 });
    using author = await Line.to(hub.port, "100", { epoch: "sixth", seq: 0 });
    await target.has(77);
    await author.has(72);
    expect(target.welcome).toMatchObject({ recovered: true, head: 77, counts: { unseen: 68, unread: 68 } });
    expect(target.entries[0]).toMatchObject({ seq: 1, wokenAs: 77 });
    expect(target.entries.slice(1, 4)).toMatchObject([
      { seq: 2, id: "d2", seen: true, archived: true },
      { seq: 3, id: "d3", text: "edited", read: true, edited: true },
      { seq: 4, id: "d4", text: "text 4" },
    ]);
    expect(target.entries.slice(70)).toMatchObject([
      { kind: "edit" },
      { kind: "mark", mark: "archived" },
      { kind: "mark", mark: "read" },
      { kind: "snooze" },
      { kind: "mute" },
      { kind: "quiet" },
      { kind: "notification", seq: 77, id: "d1", wokenFrom: { seq: 1 } },
    ]);
    expect(author.entries.slice(0, 4)).toMatchObject([
      { kind: "sent", id: "d1", state: "delivered" },
      { kind: "sent", id: "d2", state: "seen" },
      { kind: "sent", id: "d3", state: "read", text: "edited", edited: true },
      { kind: "sent", id: "d4", state: "stored" },
    ]);
    expect(await author.send({ id: "d3", to: "101", text: "text 3" })).toMatchObject({ duplicate: true, seq: 3 });
    expect(await author.send({ id: "d70", to: "101", text: "text 70" })).toMatchObject({ duplicate: true, seq: 70 });
    await hub.stop();
    const store = await readStore(place.store);
    expect([store.integrity, brokenLogs(store), store.epoch, store.schema]).toEqual(["ok", [], "sixth", 8]);
  });

  it("a store that was brought forward is made like a new one", async () => {
    await using place = await temporaryPlace();
    const olds = [firstSchema, secondSchema, fifthSchema, sixthSchema].map((make, n) => {
      const file = join(place.path, `${n}.db`);
      make(file, { notifications: 3 });
      return file;
    });
    const fresh = columns(place.store);
    expect(fresh).toContainEqual(expect.objectContaining({ table: "store", name: "commits" }));
    expect(fresh).toContainEqual(expect.objectContaining({ table: "mute", name: "what" }));
    for (const old of olds) expect(columns(old)).toEqual(fresh);
  });

  it("[P8] a store of a newer version: refused with what to do, and not touched", async () => {
    await using place = await temporaryPlace();
    firstSchema(place.store, { notifications: 1 });
    const db = new DatabaseSync(place.store);
    db.exec("PRAGMA user_version = 99");
    db.close();
    const bytes = await readFile(place.store);
    await using hub = await HubProcess.launch(place.store);
    const end = await hub.ended;
    expect(end).toMatchObject({ code: 1, log: expect.stringMatching(/schema 99.*newer/u) });
    expect((await readFile(place.store)).equals(bytes)).toBe(true);
  });

  it("[P7] SIGKILL during a migration: the old schema or the new one, never between, and the next start goes on", async () => {
    const chance = dice("migration");
    await using place = await temporaryPlace();
    const old = join(place.path, "old.db");
    firstSchema(old, { notifications: size(10_000, 100_000) });
    const before = await readStore(old);
    await copyFile(old, place.store);
    const start = await timedStart(place.store, place.path);
    await start.hub.stop();
    const { schema } = await readStore(place.store);

    const found = new Set<number>();
    for (let round = 0; round < size(3, 20); round += 1) {
      for (const end of ["", "-wal", "-shm"]) await rm(place.store + end, { force: true });
      await copyFile(old, place.store);
      const moved = moves(place.path);
      await using hub = await HubProcess.launch(place.store);
      await moved;
      await pause(chance.random() * start.ms);
      await hub.kill();

      const between = await readStore(place.store);
      expect([before.schema, schema], `round ${round}`).toContain(between.schema);
      expect({ ...between, schema }, `round ${round}`).toEqual({ ...before, schema });
      found.add(between.schema);
    }
    console.log(
      `killed during the migration from schema ${before.schema} to ${schema}: found ${[...found].join(" and ")}`,
    );

    await using next = await HubProcess.start(place.store);
    await next.stop();
    expect(await readStore(place.store)).toEqual({ ...before, schema });
  });
});

/** Every column of every table, in order, once this version has opened the store. */
function columns(file: string): readonly unknown[] {
  const db = openDatabase(file);
  const rows = db.prepare(
    `SELECT t.name AS "table", c.name, c.type, c."notnull", c.dflt_value, c.pk
     FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c WHERE t.schema = 'main' ORDER BY t.name, c.cid`,
  );
  const all = rows.all();
  db.close();
  return all;
}

/** A hub that answers, and the milliseconds from its first touch of the store to that. */
async function timedStart(store: string, folder: string): Promise<{ hub: HubProcess; ms: number }> {
  const moved = moves(folder);
  const hub = await HubProcess.launch(store);
  await moved;
  const start = performance.now();
  await hub.answering();
  return { hub, ms: performance.now() - start };
}

/** Resolves when the store's write-ahead log is touched: from then on the hub is at work on it. */
async function moves(folder: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = watch(folder, (_event, file) => {
    if (file?.endsWith("-wal")) resolve();
  });
  await promise;
  watcher.close();
}
