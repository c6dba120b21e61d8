import type { Entry, Notification, Sent, Seq } from "@carillon/protocol";
import { changedIn, markedIn, MUTED, stateIn } from "../flags.ts";
import { asOfNow } from "../older.ts";

/** An entry as the log holds it: what later entries say of it as a number, a space, what it says itself as JSON. */
export type Row = { readonly seq: Seq; readonly flags: number; readonly body: Body };

/**
 * What an entry says itself, and what the store keeps with it: which draft of that id it is, what tells a resend from a conflict,
 * and the seqs of its edits. `data` is JSON in a string: Lua would not give back every number and every empty list as it was.
 */
type Body = Omit<Entry, "seq"> & {
  readonly ref?: string;
  readonly digest?: string;
  readonly edits?: readonly Seq[];
  readonly data?: string;
};

/** A draft's two ends and which of that id it is. */
export type DraftRow = { readonly to: string; readonly ref: string; readonly text: string; readonly flags: number };

/** Rows as the server gives them: seq, row, seq, row, … */
export function rowsOf(pairs: readonly (string | number)[]): readonly Row[] {
  return Array.from({ length: pairs.length / 2 }, (_, n) => rowOf(Number(pairs[2 * n]), String(pairs[2 * n + 1])));
}

function rowOf(seq: Seq, raw: string): Row {
  const space = raw.indexOf(" ");
  return { seq, flags: Number(raw.slice(0, space)), body: JSON.parse(raw.slice(space + 1)) as Body };
}

/** The entry as it stands now. */
export function entryOf({ seq, flags, body }: Row): Entry {
  const { kind, ref: _ref, digest: _digest, edits: _edits, data, ...rest } = body;
  const entry = { kind, seq, ...rest, ...(data !== undefined && { data: JSON.parse(data) }) } as Entry;
  if (entry.kind === "notification") return { ...entry, ...markedIn(flags), ...mutedIn(flags), ...changedIn(flags) };
  if (entry.kind === "sent") return { ...entry, state: stateIn(flags), ...changedIn(flags) };
  return asOfNow(entry);
}

export function draftOf({ flags, body }: Row): DraftRow {
  const { to, ref, text } = body as unknown as DraftRow;
  return { to, ref, text, flags };
}

/** What is stored of a notification that comes. */
export function receivedBody({ data, ...entry }: Omit<Notification, "seq">, ref: string): string {
  return JSON.stringify({ ...entry, ...(data !== undefined && { data: JSON.stringify(data) }), ref });
}

/** What is stored of a draft for its author. */
export function sentBody(entry: Omit<Sent, "seq" | "state">, ref: string, digest: string): string {
  return JSON.stringify({ ...entry, ref, digest });
}

/** The server says it, for it knows what is muted when an entry comes. */
function mutedIn(flags: number): { muted?: true } {
  return flags & MUTED ? { muted: true } : {};
}
