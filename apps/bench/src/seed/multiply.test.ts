import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteInbox } from "@carillon/server/inbox/sqlite/inbox.ts";
import { expect, test } from "vitest";
import { block } from "./block.ts";
import { multiply } from "./multiply.ts";

test("the next hundreds have the logs of the first, under their own names, as the hub reads and writes them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "carillon-seed-"));
  const file = join(folder, "seed.db");
  await block(file, 100, 40);
  expect([...multiply(file, 3)]).toEqual([1 / 3, 2 / 3]);

  const inbox = await openSqliteInbox({ file, onFatal: (error) => expect.unreachable(String(error)) });
  const logOf = async (uid: string) => JSON.stringify(await inbox.read(uid, 0, 100));
  for (const user of ["00", "57", "99"]) {
    const first = await logOf(`u0000${user}`);
    expect(JSON.parse(first).entries).toHaveLength(41);
    for (const hundred of ["u0001", "u0002"])
      expect(await logOf(hundred + user)).toBe(first.replaceAll("u0000", hundred));
  }
  const again = { op: "append", from: "u000157", to: "u000158", id: "seed-3", text: "another", at: 1 } as const;
  const another = { ...again, id: "new" };
  expect(await inbox.commit([again, another])).toMatchObject([{ outcome: "conflict" }, { outcome: "stored", seq: 42 }]);
  await inbox.close();
  await rm(folder, { recursive: true });
});
