import type { Entry, Notification, Sent, SentState, Seq } from "@carillon/protocol";
import { ARCHIVED, EDITED, MUTED, READ, RETRACTED, SEEN } from "../sqlite/logs/flags.ts";
import { STATE_SHIFT } from "./library.ts";

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
  if (entry.kind === "notification") return { ...entry, ...marked(flags), ...changed(flags) };
  if (entry.kind === "sent") return { ...entry, state: stateOf(flags), ...changed(flags) };
  return entry;
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

function marked(flags: number) {
  return {
    ...(flags & SEEN ? { seen: true as const } : {}),
    ...(flags & READ ? { read: true as const } : {}),
    ...(flags & ARCHIVED ? { archived: true as const } : {}),
    ...(flags & MUTED ? { muted: true as const } : {}),
  };
}

function changed(flags: number) {
  return {
    ...(flags & EDITED ? { edited: true as const } : {}),
    ...(flags & RETRACTED ? { retracted: true as const } : {}),
  };
}

const STATES = ["stored", "delivered", "seen", "read"] as const satisfies readonly SentState[];

function stateOf(flags: number): SentState {
  return STATES[(flags >> STATE_SHIFT) & 3] ?? "stored";
}
