import { join } from "node:path";
import type { MarkName, Seq } from "@carillon/protocol";
import { it } from "vitest";
import { temporaryPlace } from "../../testing/place.ts";
import { AT, drafts } from "../contract/bench.ts";
import { openDatabase } from "./database.ts";
import { SqliteLog } from "./log.ts";
import { prepare } from "./statements.ts";
import { transaction } from "./transaction.ts";

const COUNT = 4_000;

/** What it costs to mark all of a long log, back and forth: `vitest bench apps/server/src/inbox`. */
it(`marks of ${COUNT} notifications`, { timeout: 60_000 }, async ({ bench }) => {
  const { path, remove } = await temporaryPlace();
  const db = openDatabase(join(path, "carillon.db"));
  const log = new SqliteLog(prepare(db), { user: 1_000_000, application: 10_000 });
  const mark = (name: MarkName) => {
    let rest: { after: Seq; upTo: Seq } | undefined = { after: 0, upTo: COUNT };
    while (rest !== undefined) rest = markStep(log, name, rest);
  };
  const inOne = (act: () => void) => transaction(db, "BEGIN IMMEDIATE", act);
  inOne(() => log.commit(drafts("100", "101", COUNT)));
  inOne(() => mark("read"));
  let isRead = true;

  await bench.compare(
    bench("the same mark again", () => inOne(() => mark(isRead ? "read" : "unread"))),
    bench("read and unread in turn", () => {
      isRead = !isRead;
      inOne(() => mark(isRead ? "read" : "unread"));
    }),
    { time: 4_000 },
  );
  db.close();
  await remove();
});

function markStep(log: SqliteLog, mark: MarkName, { after, upTo }: { after: Seq; upTo: Seq }) {
  const [outcome] = log.commit([{ op: "mark", uid: "101", mark, target: { upTo }, after, withhold: false, at: AT }]);
  return outcome !== undefined && "rest" in outcome ? outcome.rest : undefined;
}
