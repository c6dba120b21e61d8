import type { Seq } from "@carillon/protocol";
import type { Change, Marked } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { countsOf, READ_KNOWN } from "../../flags.ts";
import { GIVEN, TAKEN, TOLD, UNMARKED } from "../../marks.ts";
import type { Row } from "../logs/row.ts";
import { notificationOf } from "../rows.ts";
import { giveReceipts, type Named } from "./receipt.ts";

/**
 * Marks what is not so already, and says what changed (P23). Of all up to a seq it takes one step; what is left is the rest, so
 * that however long a log is, nobody waits for one mark.
 */
export function mark(book: Book, change: Extract<Change, { op: "mark" }>): Marked {
  const { uid, mark: name, target, withhold, at } = change;
  const { head, floor } = book.user(uid);
  const start = Math.max(change.after ?? 0, floor);
  const stretches =
    "upTo" in target ? [firstOf(start, Math.min(target.upTo, head))] : [...new Set(target.seqs)].map(alone);
  const done = stretches.map((stretch) => markStretch(book, change, stretch)).filter(({ marked }) => marked > 0);
  if (done.length > 0) {
    const changed = "upTo" in target ? { upTo: done.at(-1)?.newest ?? 0 } : { seqs: done.map(({ newest }) => newest) };
    book.grow(uid, (seq) => ({ kind: "mark", seq, at, mark: name, target: changed }));
  }
  const toTell = done.flatMap(({ drafts }) => drafts);
  const told = withhold ? undefined : TOLD[name];
  if (told !== undefined) giveReceipts(book, told, toTell, at);
  const marked = done.reduce((sum, stretch) => sum + stretch.marked, 0);
  return { marked, rest: "upTo" in target ? restOf(start, Math.min(target.upTo, head)) : undefined };
}

/** The seqs after `after`, up to `upTo`. */
type Stretch = { readonly after: Seq; readonly upTo: Seq };

function alone(seq: Seq): Stretch {
  return { after: seq - 1, upTo: seq };
}

function firstOf(after: Seq, upTo: Seq): Stretch {
  return { after, upTo: Math.min(upTo, after + STEP) };
}

function restOf(after: Seq, upTo: Seq): Stretch | undefined {
  return after + STEP < upTo ? { after: after + STEP, upTo } : undefined;
}

/** Entries that are looked at in one commit. */
const STEP = 500;

/** How many, the newest of them, and whose drafts they are if the authors do not know it already. What is none is not marked (P26, P53). */
type MarkedStretch = { readonly marked: number; readonly newest: Seq; readonly drafts: readonly Named[] };

function markStretch(book: Book, { uid, mark: name, withhold }: Marking, { after, upTo }: Stretch): MarkedStretch {
  const { mask, want } = UNMARKED[name];
  const told = withhold ? undefined : TOLD[name];
  const given = GIVEN[name] | (told === "read" ? READ_KNOWN : 0);
  const rows = [...book.entries(uid, after, upTo)].filter(
    (row) => row.kind === "notification" && (row.flags & mask) === want,
  );
  const marked = rows.map((row) => ({ ...row, flags: (row.flags & ~TAKEN[name]) | given }));
  for (const row of marked) book.rewrite(uid, row);
  const [were, are] = [countsOfAll(rows), countsOfAll(marked)];
  book.count(uid, are.unseen - were.unseen, are.unread - were.unread);
  const drafts =
    told === undefined ? [] : rows.filter(({ flags }) => !(flags & READ_KNOWN)).map((row) => namedIn(row, uid));
  return { marked: marked.length, newest: marked.at(-1)?.seq ?? after, drafts };
}

function namedIn(row: Row, to: string): Named {
  const { from, id } = notificationOf(row);
  return { from, id, to };
}

type Marking = Extract<Change, { op: "mark" }>;

function countsOfAll(rows: readonly Row[]): { readonly unseen: number; readonly unread: number } {
  let [unseen, unread] = [0, 0];
  for (const { flags } of rows) {
    const counted = countsOf(flags);
    unseen += counted.unseen;
    unread += counted.unread;
  }
  return { unseen, unread };
}
