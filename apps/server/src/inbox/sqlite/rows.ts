import type { Entry, Notification, Sent, Seq } from "@carillon/protocol";
import { changedIn, markedIn, stateIn } from "../flags.ts";
import { asOfNow } from "../older.ts";
import type { Row } from "./logs/row.ts";

/** The row of `store`: which incarnation it is, how many commits have changed it, and when the last did (milliseconds since 1970; 0: none). */
export type StoreRow = { readonly epoch: string; readonly commits: number; readonly changed: number };

/** What tells one state of one incarnation from another. */
export type CommitCount = Pick<StoreRow, "epoch" | "commits">;

/** What a sent entry keeps beside itself: where its notification is, and what tells a resend from a conflict. */
export type Kept = { readonly notification: Seq; readonly digest: string };

/** What stands in a body: the entry without what the row says beside it, and what is kept with it. */
export function bodyOf(entry: Entry, kept: object): string {
  const { kind: _kind, seq: _seq, ...body } = entry;
  return JSON.stringify("state" in body && entry.kind === "sent" ? { ...body, state: undefined, ...kept } : body);
}

/** The entry as it stands now. */
export function entryOf(row: Row): Entry {
  if (row.kind === "notification") return notificationOf(row);
  return row.kind === "sent" ? sentOf(row) : asOfNow({ kind: row.kind, seq: row.seq, ...JSON.parse(row.body) });
}

export function notificationOf({ seq, flags, body }: Row): Notification {
  return { kind: "notification", seq, ...JSON.parse(body), ...markedIn(flags), ...changedIn(flags) };
}

export function sentOf({ seq, flags, body }: Row): Sent {
  const {
    notification: _notification,
    digest: _digest,
    ...sent
  } = JSON.parse(body) as Omit<Sent, "kind" | "seq"> & Kept;
  return { kind: "sent", seq, ...sent, state: stateIn(flags), ...changedIn(flags) };
}

/** Where the other end of a draft is. */
export function farEnd({ body }: Row): Kept & { readonly to: string } {
  return JSON.parse(body);
}
