import type { Entry, Notification, Sent, Seq } from "@carillon/protocol";
import { type Written, written } from "../../hub/written.ts";
import { changedIn, markedIn, SAID, stateIn } from "../flags.ts";
import { asOfNow } from "../older.ts";
import type { Row } from "./logs/row.ts";

/** The row of `store`: which incarnation it is, how many commits have changed it, and when the last did (milliseconds since 1970; 0: none). */
export type StoreRow = { readonly epoch: string; readonly commits: number; readonly changed: number };

/** What tells one state of one incarnation from another. */
export type CommitCount = Pick<StoreRow, "epoch" | "commits">;

/** What a sent entry keeps beside itself: where its notification is, and what tells a resend from a conflict. */
export type Kept = { readonly notification: Seq; readonly digest: string };

/** What stands in a body: the entry without what the row says beside it, and what is kept with it. */
export function bodyOf({ kind, seq, json }: Written, kept?: Kept): string {
  const head = headOf(kind, seq);
  if (!json.startsWith(head)) throw new Error(`An entry begins with its kind and its seq, not as ${json}.`);
  if (kept === undefined) return `{${json.slice(head.length)}`;
  return `{${json.slice(head.length, json.lastIndexOf(STATE))},${JSON.stringify(kept).slice(1)}`;
}

/** How the JSON of an entry begins: what its row says beside the body. */
function headOf(kind: Entry["kind"], seq: Seq): string {
  return `{"kind":"${kind}","seq":${seq},`;
}

/** With which the JSON of a sent entry ends. */
const STATE = `,"state":`;

/** The entry as it stands now, as JSON: of most, what is kept is what is said. */
export function writtenOf(row: Row): Written {
  const { kind, seq, flags, body } = row;
  const isAsKept = kind !== "sent" && kind !== "quiet" && (flags & SAID) === 0;
  return isAsKept ? { kind, seq, json: headOf(kind, seq) + body.slice(1) } : written(entryOf(row));
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
