import { join } from "node:path";
import { limits } from "@carillon/protocol";
import { it } from "vitest";
import { temporaryPlace } from "../../testing/place.ts";
import { AT, draft } from "../contract/bench.ts";
import { openDatabase } from "./database.ts";
import { SqliteLog } from "./log.ts";
import { prepare } from "./statements.ts";
import { transaction } from "./transaction.ts";

const APPENDS = 200;

/** What mutes cost whoever is written to, without the fsync: `vitest bench apps/server/src/inbox/sqlite/mutes`. */
it(`${APPENDS} drafts in a thread`, { timeout: 60_000 }, async ({ bench }) => {
  const { path, remove } = await temporaryPlace();
  const db = openDatabase(join(path, "carillon.db"));
  const sql = prepare(db);
  const log = new SqliteLog(sql, { user: 1_000_000, application: 10_000 });
  const inOne = (act: () => void) => transaction(db, "BEGIN IMMEDIATE", act);
  inOne(() => {
    for (let n = 0; n < limits.mutes; n++)
      log.commit([{ op: "mute", uid: "mutes", target: { thread: `t${n}` }, muted: true, at: AT }]);
  });
  let count = 0;
  const write = (to: string, thread: string) =>
    inOne(() => {
      log.commit(Array.from({ length: APPENDS }, () => draft("100", to, `d${++count}`, { thread })));
    });

  await bench.compare(
    bench("to who mutes nothing", () => write("101", "t")),
    bench("to who mutes other threads", () => write("mutes", "t")),
    bench("to who mutes this thread", () => write("mutes", "t7")),
    bench("the question alone", () => {
      for (let n = 0; n < APPENDS; n++) sql.isMuted.get("mutes", "100", "t");
    }),
    { time: 3_000 },
  );
  db.close();
  await remove();
});
