import { DatabaseSync } from "node:sqlite";
import { Logs } from "@carillon/server/inbox/sqlite/logs/logs.ts";
import { pageKey } from "@carillon/server/inbox/sqlite/logs/pages.ts";
import { sumOf } from "@carillon/server/inbox/sqlite/logs/sum.ts";
import type { Figures } from "@carillon/server/inbox/sqlite/logs/user-log.ts";
import { prepare } from "@carillon/server/inbox/sqlite/statements.ts";

type User = Figures & { readonly uid: string; readonly id: number };
type Page = { readonly page: number; readonly text: string };

/**
 * Copies the logs of the first hundred users (`u0000…`) for the next hundred, and so on, until there are so many hundreds: page by
 * page, so it takes a hundredth of what writing them would. Yields the share that is done.
 */
export function* multiply(file: string, hundreds: number): Generator<number> {
  const db = new DatabaseSync(file);
  try {
    // Nobody else is here, and what a crash leaves is thrown away.
    db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    const sql = prepare(db);
    new Logs(sql).settle();
    const first = logsOf(db);
    const copyDrafts = db.prepare(
      "INSERT INTO draft SELECT author + ?, id, seq FROM draft WHERE author IN (SELECT id FROM user WHERE uid = ?)",
    );
    for (let hundred = 1; hundred < hundreds; hundred += 1) {
      const renamed = (text: string) => text.replaceAll(FIRST, `u${String(hundred).padStart(4, "0")}`);
      db.exec("BEGIN");
      for (const { user, pages } of first) {
        const { uid, head, acked, unseen, unread, floor } = user;
        const id = user.id + hundred * first.length;
        sql.putUser.run(renamed(uid), id, head, acked, unseen, unread, floor);
        for (const { page, text } of pages) {
          const copy = renamed(text);
          sql.putPage.run(pageKey(id, page), copy, sumOf(copy));
        }
        copyDrafts.run(hundred * first.length, uid);
      }
      db.exec("COMMIT");
      yield hundred / hundreds;
    }
    db.exec("PRAGMA journal_mode = WAL");
  } finally {
    db.close();
  }
}

const FIRST = "u0000";

function logsOf(db: DatabaseSync): readonly { readonly user: User; readonly pages: readonly Page[] }[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema has these columns, strictly typed.
  const users = db.prepare("SELECT uid, id, head, acked, unseen, unread, floor FROM user").all() as User[];
  const pagesOf = db.prepare("SELECT n, rows FROM page WHERE n >= ? AND n < ? ORDER BY n");
  return users.map((user) => {
    const start = pageKey(user.id, 0);
    const pages = pagesOf.all(start, pageKey(user.id + 1, 0));
    return { user, pages: pages.map(({ n, rows }) => ({ page: Number(n) - start, text: String(rows) })) };
  });
}
