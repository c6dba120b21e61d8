import { decodeDown, type Entry } from "@carillon/protocol";
import { describe, expect, it } from "vitest";
import { entryOf as entryOfRedis, rowsOf } from "./redis/rows.ts";
import { entryOf as entryOfSqlite } from "./sqlite/rows.ts";

describe("[P55] [P4] the end of a quiet time that an earlier version wrote is one that clients understand", () => {
  const ended = { kind: "quiet", seq: 7, at: 99, quiet: { since: 7, until: 99, over: true } };
  const [row] = rowsOf([7, '0 {"kind":"quiet","at":99}']);
  if (row === undefined) throw new Error("There is a row.");

  it.each<readonly [store: string, entry: Entry]>([
    ["SQLite", entryOfSqlite({ seq: 7, kind: "quiet", flags: 0, body: '{"at":99}' })],
    ["Redis", entryOfRedis(row)],
  ])("in %s", (_store, entry) => {
    expect(entry).toEqual(ended);
    expect(decodeDown(JSON.stringify({ type: "entries", entries: [entry] }))).toMatchObject({ ok: true });
  });
});
