import { join } from "node:path";
import { type Change, type Inbox, InboxUnavailable, type OutcomeOf, type Revocations } from "../../hub/ports.ts";
import { temporaryPlace } from "../../testing/place.ts";
import { inboxContract } from "../contract/index.ts";
import type { Bounds } from "../bounds.ts";
import { openDatabase } from "./database.ts";
import { SqliteLog } from "./log.ts";
import { prepare } from "./statements.ts";
import { transaction } from "./transaction.ts";

// The rules hold however much of the journal the tables know.
for (const [name, mostTail] of [
  ["that its journal alone knows", undefined],
  ["that its tables know after each commit", 0],
  ["of which its tables know all but the last few", 500],
] as const) {
  inboxContract(`the embedded log, of entries ${name},`, async () => {
    const { path, remove } = await temporaryPlace();
    const open = async ({ mostEntries = 10_000, mostApplicationEntries = 1_000_000 } = {}) =>
      inboxOf(join(path, "carillon.db"), { user: mostEntries, application: mostApplicationEntries }, mostTail);
    return { open, remove };
  });
}

/** An inbox without a thread of its own. */
function inboxOf(file: string, bounds: Bounds, mostTail: number | undefined): Inbox & Revocations {
  const db = openDatabase(file);
  const log = new SqliteLog(prepare(db), bounds, mostTail);
  const inOne = async <T>(begin: "BEGIN" | "BEGIN IMMEDIATE", act: () => T) => {
    if (!db.isOpen) throw new InboxUnavailable("The store is closed.");
    return transaction(db, begin, act);
  };
  return {
    commit: <C extends Change>(changes: readonly C[]) =>
      inOne("BEGIN IMMEDIATE", () => log.commit(changes) as readonly OutcomeOf<C>[]),
    read: (uid, after, limit) => inOne("BEGIN", () => log.read(uid, after, limit)),
    open: (uid, start) => inOne("BEGIN", () => log.open(uid, start)),
    page: (uid, of, before, limit) => inOne("BEGIN", () => log.page(uid, of, before, limit)),
    drafts: (author, prefix, after, limit) => inOne("BEGIN", () => log.drafts(author, prefix, after, limit)),
    isRevoked: (bearing) => inOne("BEGIN", () => log.isRevoked(bearing)),
    revoke: (revocation) =>
      inOne("BEGIN IMMEDIATE", () => void log.commit([{ op: "revoke", revocation, at: Date.now() }])),
    close: async () => {
      if (db.isOpen) db.close();
    },
  };
}
