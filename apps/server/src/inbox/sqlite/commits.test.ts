import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { fail, temporaryPlace } from "../../testing/place.ts";
import { draft } from "../contract/bench.ts";
import type { Finding } from "./calls.ts";
import { openSqliteInbox } from "./inbox.ts";
import { sidecarOf } from "./parts.ts";

describe("the count of commits", () => {
  it("[P29] rises by one with each write transaction, and with none that changes nothing", async () => {
    await using store = await storeWith("d1");
    const before = store.commits();
    const inbox = await store.open();
    await inbox.commit([draft("100", "101", "d2"), draft("100", "101", "d3")]);
    expect(store.commits()).toBe(before + 1);
    await inbox.commit([draft("100", "101", "d3"), { op: "acknowledge", uid: "102", seq: 9, at: 1 }]);
    expect(store.commits()).toBe(before + 1);
    await inbox.close();
  });

  it("[P29] a store that stands where it was left keeps its epoch, whether the file beside it says so, lags or is gone", async () => {
    await using store = await storeWith("d1");
    const epoch = await store.epoch();
    const lagging = await readFile(store.sidecar);
    await store.add("d2");
    expect(await store.epoch()).toBe(epoch);
    for (const left of [lagging, Buffer.alloc(0), Buffer.from("Nothing of ours."), undefined]) {
      await (left === undefined ? rm(store.sidecar) : writeFile(store.sidecar, left));
      expect(await store.epoch()).toBe(epoch);
      expect((await readFile(store.sidecar)).length, "and it is written afresh").toBeGreaterThan(lagging.length - 1);
    }
    expect(store.findings).toEqual([]);
  });

  it("[P29] an earlier state that comes back gets a new epoch, once, and it is told", async () => {
    await using store = await storeWith("d1");
    const epoch = await store.epoch();
    const inbox = await store.open();
    const { position } = await inbox.open("101", { from: "snapshot" });
    await inbox.close();
    await copyFile(store.file, `${store.file}.old`);
    await store.add("d2");
    await store.add("d3");
    await copyFile(`${store.file}.old`, store.file);

    const back = await store.open();
    const standing = await back.open("101", { from: "position", position });
    expect(standing).toMatchObject({ head: 1, snapshot: { notifications: [{ id: "d1" }] } });
    expect(standing.position.epoch).not.toBe(epoch);
    await back.close();
    const facts = { commits: 2, oldEpoch: epoch, newEpoch: standing.position.epoch };
    expect(store.findings).toMatchObject([{ level: "error", facts }]);
    expect(await store.epoch()).toBe(standing.position.epoch);
    expect(store.findings).toHaveLength(1);
  });

  it("[P29] another incarnation in the place is not judged by what the last one left beside it", async () => {
    await using store = await storeWith("d1");
    await using other = await storeWith("d1");
    for (const id of ["d2", "d3"]) await store.add(id);
    await copyFile(other.file, store.file);
    expect(await store.epoch()).toBe(await other.epoch());
    expect(store.findings).toEqual([]);
  });

  it("[P29] the new epoch outlives the write-ahead log that it was written to", async () => {
    await using store = await storeWith("d1");
    const epoch = await store.epoch();
    await copyFile(store.file, `${store.file}.old`);
    await store.add("d2");
    await copyFile(`${store.file}.old`, store.file);
    const inbox = await store.open();
    await copyFile(store.file, `${store.file}.without-log`);
    await inbox.close();
    await copyFile(`${store.file}.without-log`, store.file);
    expect(await store.epoch()).not.toBe(epoch);
  });

  it("[P11] what cannot be noted beside the store is stored and answered all the same", async () => {
    await using store = await storeWith("d1");
    await rm(store.sidecar);
    await mkdir(store.sidecar);
    const inbox = await store.open();
    expect(await inbox.commit([draft("100", "101", "d2")])).toMatchObject([{ outcome: "stored" }]);
    await inbox.close();
    expect(store.findings).toMatchObject([{ level: "warn", facts: { file: store.sidecar } }]);
  });
});

/** A store that was closed, with these drafts, each in a commit of its own; all that it tells is in `findings`. */
async function storeWith(...ids: readonly string[]) {
  const { path, remove } = await temporaryPlace();
  const file = join(path, "carillon.db");
  const findings: Finding[] = [];
  const open = () => openSqliteInbox({ file, onFatal: fail, onFinding: (finding) => findings.push(finding) });
  const add = async (id: string) => {
    const inbox = await open();
    await inbox.commit([draft("100", "101", id)]);
    await inbox.close();
  };
  const epoch = async () => {
    const inbox = await open();
    const { position } = await inbox.open("101", { from: "acked" });
    await inbox.close();
    return position.epoch;
  };
  const commits = () => {
    const db = new DatabaseSync(file, { readOnly: true });
    const row = db.prepare("SELECT commits FROM store").get();
    db.close();
    return Number(row?.["commits"]);
  };
  for (const id of ids) await add(id);
  return { file, sidecar: sidecarOf(file), findings, open, add, epoch, commits, [Symbol.asyncDispose]: remove };
}
