import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryPlace } from "../../testing/place.ts";
import { draft } from "../contract/bench.ts";
import type { Finding } from "./calls.ts";
import { Commits } from "./commits.ts";
import { openDatabase } from "./database.ts";
import { SqliteLog } from "./log.ts";
import { sidecarOf } from "./parts.ts";
import type { CommitCount, StoreRow } from "./rows.ts";
import { Sidecar } from "./sidecar.ts";
import { prepare } from "./statements.ts";

describe("the count of commits", () => {
  it("[P29] rises by one with each write transaction, and with none that changes nothing", async () => {
    await using store = await storeWith("d1");
    using open = store.open();
    expect(open.row().commits).toBe(1);
    open.write("d2", "d3");
    expect(open.row().commits).toBe(2);
    open.write("d3");
    expect(open.row().commits).toBe(2);
  });

  it("[P29] a store that stands where it was left keeps its epoch, whether the file beside it says so, lags or is gone", async () => {
    await using store = await storeWith("d1");
    const lagging = await readFile(store.sidecar);
    store.write("d2");
    const { epoch } = store.row();
    const full = await readFile(store.sidecar);
    for (const left of [full, lagging, Buffer.alloc(0), Buffer.from("Nothing of ours."), undefined]) {
      await (left === undefined ? rm(store.sidecar) : writeFile(store.sidecar, left));
      expect(store.row().epoch).toBe(epoch);
      expect(await readFile(store.sidecar), "it is written afresh").toEqual(full);
    }
    expect(store.findings).toEqual([]);
  });

  it("[P29] an earlier state that comes back gets a new epoch, once, and says so", async () => {
    await using store = await storeWith("d1");
    const old = store.row().epoch;
    await copyFile(store.file, `${store.file}.old`);
    store.write("d2");
    store.write("d3");
    await copyFile(`${store.file}.old`, store.file);
    const { epoch } = store.row();
    expect(epoch).not.toBe(old);
    const loss = { level: "error", facts: { commits: 2, oldEpoch: old, newEpoch: epoch } };
    expect(store.findings).toMatchObject([loss]);
    expect(store.row().epoch).toBe(epoch);
    expect(store.findings).toHaveLength(1);
  });

  it("[P29] the new epoch outlives the write-ahead log that it was written to", async () => {
    await using store = await storeWith("d1");
    const old = store.row().epoch;
    await copyFile(store.file, `${store.file}.old`);
    store.write("d2");
    await copyFile(`${store.file}.old`, store.file);
    using open = store.open();
    await copyFile(store.file, `${store.file}.without-log`);
    open[Symbol.dispose]();
    await copyFile(`${store.file}.without-log`, store.file);
    expect(store.row().epoch).not.toBe(old);
  });

  it("[P29] another incarnation in the place is not judged by what the last one left beside it", async () => {
    await using store = await storeWith("d1", "d2", "d3");
    await using other = await storeWith("d1");
    await copyFile(other.file, store.file);
    expect(store.row()).toEqual(other.row());
    expect(store.findings).toEqual([]);
  });

  it("[P29] a commit that fails is not noted beside the store", async () => {
    await using store = await storeWith("d1");
    const before = store.row();
    using open = store.open();
    open.exec("CREATE TABLE refusal (why REFERENCES user (uid) DEFERRABLE INITIALLY DEFERRED)");
    open.exec("CREATE TRIGGER spoilt AFTER INSERT ON journal BEGIN INSERT INTO refusal VALUES ('nobody'); END");
    expect(() => open.write("d2"), "all is written, and then COMMIT says no").toThrow(/FOREIGN KEY/u);
    open[Symbol.dispose]();
    expect(store.row()).toEqual(before);
    expect(store.findings).toEqual([]);
  });

  it("[P11] what cannot be noted beside the store is stored all the same", async () => {
    await using store = await storeWith("d1");
    await rm(store.sidecar);
    await mkdir(store.sidecar);
    store.write("d2");
    expect(store.findings).toMatchObject([{ level: "warn", facts: { file: store.sidecar } }]);
    await rm(store.sidecar, { recursive: true });
    expect(store.row().commits).toBe(2);
  });
});

/** A store that was closed, with these drafts, each in a commit of its own; all that it tells is in `findings`. */
async function storeWith(...ids: readonly string[]) {
  const { path, remove } = await temporaryPlace();
  const file = join(path, "carillon.db");
  const findings: Finding[] = [];
  const open = () => openStore(file, findings);
  const write = (id: string) => {
    using store = open();
    store.write(id);
  };
  const row = () => {
    using store = open();
    return store.row();
  };
  for (const id of ids) write(id);
  return { file, sidecar: sidecarOf(file), findings, open, write, row, [Symbol.asyncDispose]: remove };
}

/** Opens a store as the worker does, without its thread. */
function openStore(file: string, findings: Finding[]) {
  const db = openDatabase(file);
  const sql = prepare(db);
  const sidecar = new Sidecar(sidecarOf(file), (finding) => findings.push(finding));
  const commits = new Commits(db, sql, sidecar);
  const loss = commits.settle();
  if (loss !== undefined) findings.push(loss);
  const log = new SqliteLog(sql, { user: 10_000, application: 10_000 });
  return {
    row: () => countOf(sql.store.get() as StoreRow),
    exec: (words: string) => db.exec(words),
    /** In one transaction. */
    write: (...ids: readonly string[]) =>
      commits.commit(
        () => log.commit(ids.map((id) => draft("100", "101", id))),
        () => log.reload(),
      ),
    [Symbol.dispose]: () => {
      if (db.isOpen) db.close();
      sidecar.close();
    },
  };
}

function countOf({ epoch, commits }: StoreRow): CommitCount {
  return { epoch, commits };
}
