import { join } from "node:path";
import { it } from "vitest";
import { fail, temporaryPlace } from "../../testing/place.ts";
import { draft } from "../contract/bench.ts";
import { Commits } from "./commits.ts";
import { openDatabase } from "./database.ts";
import { SqliteLog } from "./log.ts";
import { sidecarOf } from "./parts.ts";
import { Sidecar } from "./sidecar.ts";
import { prepare } from "./statements.ts";
import { transaction } from "./transaction.ts";

/** What it costs to count commits: `vitest bench apps/server/src/inbox`. The fsync is in both of the first two. */
it("a commit of one draft", { timeout: 60_000 }, async ({ bench }) => {
  const { path, remove } = await temporaryPlace();
  const file = join(path, "carillon.db");
  const db = openDatabase(file);
  const sql = prepare(db);
  const log = new SqliteLog(sql, { user: 10_000, application: 10_000 });
  const sidecar = new Sidecar(sidecarOf(file), fail);
  const commits = new Commits(db, sql, sidecar);
  let count = 0;
  const append = () => log.commit([draft("100", "101", `d${++count}`)]);

  await bench.compare(
    bench("not counted", () => void transaction(db, "BEGIN IMMEDIATE", append)),
    bench("counted", () => void commits.commit(append, () => fail("Nothing was to be forgotten."))),
    bench("the note beside the store alone", () => sidecar.write({ epoch: "V1StGXR8_Z5jdHi6B-myT", commits: count })),
    { time: 4_000 },
  );
  db.close();
  sidecar.close();
  await remove();
});
