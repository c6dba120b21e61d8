import { createHash } from "node:crypto";
import type { Draft, Entry, Notification, Sent, SentState, Seq } from "@carillon/protocol";
import { ARCHIVED, EDITED, READ, RETRACTED, SEEN } from "./flags.ts";

/** The row of `store`: which incarnation it is, and how many commits have changed it. */
export type StoreRow = { readonly epoch: string; readonly commits: number };

/** A row of `entry`: what never changes in `body`, what later entries say of it in `flags`. */
export type EntryRow = {
  readonly seq: Seq;
  readonly kind: Entry["kind"];
  readonly flags: number;
  readonly body: string;
};

/** A row of `user`. */
export type UserRow = {
  readonly head: Seq;
  readonly acked: Seq;
  readonly unseen: number;
  readonly unread: number;
  /** Entries up to here are given up. */
  readonly floor: Seq;
};

/** A row of `draft`: finds a resend, and both ends of a notification. */
export type DraftRow = {
  /** Of the author's copy. */
  readonly seq: Seq;
  readonly state: SentState;
  readonly recipient: string;
  readonly recipient_seq: Seq;
  readonly digest: string;
};

/** What stands in a body: the entry without what the row says beside it. */
export function bodyOf(entry: Entry): string {
  const { kind: _kind, seq: _seq, ...body } = entry;
  return JSON.stringify(body);
}

/** The notification as it stands now. */
export function notificationOf({ seq, flags, body }: EntryRow): Notification {
  const seen = flags & SEEN ? { seen: true as const } : {};
  const read = flags & READ ? { read: true as const } : {};
  const archived = flags & ARCHIVED ? { archived: true as const } : {};
  return { kind: "notification", seq, ...JSON.parse(body), ...seen, ...read, ...archived, ...changed(flags) };
}

/** The author's copy as it stands now. */
export function sentOf({ seq, flags, body }: EntryRow, state: SentState): Sent {
  return { kind: "sent", seq, ...JSON.parse(body), state, ...changed(flags) };
}

/** Any other entry: what it says is said for ever. */
export function plainOf({ seq, kind, body }: EntryRow): Entry {
  return { kind, seq, ...JSON.parse(body) };
}

/** Tells drafts of one id apart by their bodies, also after an edit (P12). */
export function digestOf({ to, text, thread, url, data, priority, ttl }: Omit<Draft, "id">): string {
  const first = [to, thread ?? null, text];
  // Digests in the store are older than these four fields: a draft without them keeps the digest that it had then.
  const rest = { url, data, priority, ttl };
  const body = Object.values(rest).every((field) => field === undefined) ? first : [...first, rest];
  return createHash("sha256").update(JSON.stringify(body, sorted)).digest("base64url");
}

/** For JSON.stringify: the order of keys says nothing. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function changed(flags: number) {
  return {
    ...(flags & EDITED ? { edited: true as const } : {}),
    ...(flags & RETRACTED ? { retracted: true as const } : {}),
  };
}
