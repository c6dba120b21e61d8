import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { InboxUnavailable } from "../../hub/ports.ts";
import { fail, temporaryPlace } from "../../testing/place.ts";
import { draft as draftOf } from "../contract/bench.ts";
import { inboxContract } from "../contract/index.ts";
import { resumingContract } from "../contract/resuming.ts";
import { revokingContract } from "../contract/revoking.ts";
import { sendingContract } from "../contract/sending.ts";
import type { Finding } from "./calls.ts";
import { openSqliteInbox } from "./inbox.ts";

// The log behind it is held to all of them, without a thread between.
inboxContract(
  "sqlite",
  async () => {
    const { path, remove } = await temporaryPlace();
    const open = (settings = {}) => openSqliteInbox({ file: join(path, "carillon.db"), onFatal: fail, ...settings });
    return { open, remove };
  },
  [sendingContract, resumingContract, revokingContract],
);

describe("the embedded log", () => {
  it("[P6] commits many waiting writes together, and each durably", async () => {
    await using at = await database();
    const inbox = await openSqliteInbox({ file: at.file, onFatal: fail });
    await Promise.all(Array.from({ length: 500 }, (_, n) => inbox.commit([draft(`d${n}`)])));
    await copyFile(at.file, `${at.file}.now`);
    await copyFile(`${at.file}-wal`, `${at.file}.now-wal`);
    await inbox.close();

    const now = await openSqliteInbox({ file: `${at.file}.now`, onFatal: fail });
    expect(await now.open("101", { from: "acked" })).toMatchObject({ head: 500, counts: { unseen: 500 } });
    await now.close();
    const db = new DatabaseSync(`${at.file}.now`, { readOnly: true });
    expect(db.prepare("SELECT commits FROM store").get()?.["commits"]).toBeLessThan(10);
    db.close();
  });

  it("[P11] waits for another process's lock, serves readers meanwhile, and goes on when it is free", async () => {
    await using at = await database();
    const inbox = await openSqliteInbox({ file: at.file, onFatal: fail });
    await inbox.commit([draft("before")]);
    const other = new DatabaseSync(at.file);
    other.exec("BEGIN IMMEDIATE");
    const waiting = inbox.commit([draft("during")]);
    expect((await inbox.read("101", 0, 10)).entries).toHaveLength(1);
    other.exec("COMMIT");
    expect((await waiting)[0]?.outcome).toBe("stored");
    other.close();
    await inbox.close();
  });

  it("[P11] refuses when the lock is held for too long, and takes the same draft when it is free", async () => {
    await using at = await database();
    const inbox = await openSqliteInbox({ file: at.file, onFatal: fail, patience: 100 });
    const other = new DatabaseSync(at.file);
    other.exec("BEGIN IMMEDIATE");
    await expect(inbox.commit([draft("d1")])).rejects.toThrow(InboxUnavailable);
    other.exec("COMMIT");
    other.close();
    expect(await inbox.commit([draft("d1")])).toMatchObject([{ outcome: "stored", seq: 1 }]);
    await inbox.close();
  });

  it("[P11] refuses what the disk cannot follow, instead of growing without end, and takes it again when there is room", async () => {
    await using at = await database();
    const inbox = await openSqliteInbox({ file: at.file, onFatal: fail, patience: 30_000 });
    const other = new DatabaseSync(at.file);
    other.exec("BEGIN IMMEDIATE");
    const ack = { op: "acknowledge", reached: [{ uid: "nobody", seq: 1 }], at: 1 } as const;
    const acks = Array.from({ length: 20_000 }, () => ack);
    const underWay = inbox.commit([draft("d1")]);
    await inbox.read("101", 0, 1); // Asked in the turn in which that was given to the other thread.
    const waiting = inbox.commit(acks);
    await expect(inbox.commit([draft("d2")])).rejects.toThrow(InboxUnavailable);
    other.exec("COMMIT");
    other.close();
    expect([(await underWay).length, (await waiting).length]).toEqual([1, 20_000]);
    expect(await inbox.commit([draft("d2")])).toMatchObject([{ outcome: "stored", seq: 2 }]);
    await inbox.close();
  });

  it("[P32] a revocation that is lost with the store's end: it is told from when on they may be", async () => {
    await using at = await database();
    const findings: Finding[] = [];
    const open = () => openSqliteInbox({ file: at.file, onFatal: fail, onFinding: (each) => findings.push(each) });
    const start = Date.now();
    const first = await open();
    await first.commit([draft("d1")]);
    const done = Date.now();
    await first.close();
    await copyFile(at.file, `${at.file}.old`);
    const second = await open();
    await second.revoke({ of: "token", tokenId: "t1", expiresAt: undefined });
    await second.close();
    await copyFile(`${at.file}.old`, at.file);

    const third = await open();
    expect(await third.isRevoked({ uid: "100", issuedAt: start, tokenId: "t1" })).toBe(false);
    const lastChange = Date.parse(String(findings[0]?.facts["lastChange"]));
    expect([start <= lastChange, lastChange <= done]).toEqual([true, true]);
    await third.close();
  });

  it("[P29] an earlier state that comes back: it is told, and a client of the lost one gets a snapshot", async () => {
    await using at = await database();
    const findings: Finding[] = [];
    const open = () => openSqliteInbox({ file: at.file, onFatal: fail, onFinding: (each) => findings.push(each) });
    const first = await open();
    await first.commit([draft("d1")]);
    await first.close();
    await copyFile(at.file, `${at.file}.old`);
    const second = await open();
    await second.commit([draft("d2")]);
    const { position } = await second.open("101", { from: "snapshot" });
    await second.close();
    await copyFile(`${at.file}.old`, at.file);

    const third = await open();
    expect(findings).toMatchObject([{ level: "error", facts: { commits: 1, oldEpoch: position.epoch } }]);
    await third.commit([draft("d3")]);
    const standing = await third.open("101", { from: "position", position });
    expect(standing).toMatchObject({ head: 2, snapshot: { notifications: [{ id: "d1" }, { id: "d3" }] } });
    expect(standing.position.epoch).toBe(findings[0]?.facts["newEpoch"]);
    await third.close();
  });

  it("says what to do about a database of a newer version, and does not touch it", async () => {
    await using at = await database();
    const inbox = await openSqliteInbox({ file: at.file, onFatal: fail });
    await inbox.close();
    const db = new DatabaseSync(at.file);
    db.exec("PRAGMA user_version = 99");
    db.close();
    await expect(openSqliteInbox({ file: at.file, onFatal: () => {} })).rejects.toThrow(/schema 99.*newer/u);
  });

  it("refuses a file that is not a database", async () => {
    await using at = await database();
    await writeFile(at.file, "this is not a database ".repeat(100));
    await expect(openSqliteInbox({ file: at.file, onFatal: () => {} })).rejects.toThrow(/not a database/u);
  });
});

async function database() {
  const { path, remove } = await temporaryPlace();
  return { file: join(path, "carillon.db"), [Symbol.asyncDispose]: remove };
}

function draft(id: string) {
  return draftOf("100", "101", id);
}
