import type { MarkName, Seq } from "@carillon/protocol";
import type { Change, Marked } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { READ, READ_KNOWN, RETRACTED, SEEN } from "../flags.ts";
import { giveReceipts, type Named } from "./receipt.ts";

/**
 * Marks what is not so already, and says what changed (P23). Of all up to a seq it takes one step; what is left is the rest, so
 * that however long a log is, nobody waits for one mark.
 */
export function mark(book: Book, change: Extract<Change, { op: "mark" }>): Marked {
  const { uid, mark: name, target, withhold, at } = change;
  const { head, floor } = book.user(uid);
  const start = Math.max(change.after ?? 0, floor);
  const stretches = "upTo" in target ? [firstOf(start, Math.min(target.upTo, head))] : target.seqs.map(alone);
  const done = stretches.map((stretch) => markStretch(book, change, stretch)).filter(({ marked }) => marked > 0);
  if (done.length > 0) {
    const changed = "upTo" in target ? { upTo: done.at(-1)?.newest ?? 0 } : { seqs: done.map(({ newest }) => newest) };
    book.grow(uid, (seq) => ({ kind: "mark", seq, at, mark: name, target: changed }));
  }
  const toTell = done.flatMap(({ drafts }) => drafts);
  if (name !== "unread" && !withhold) giveReceipts(book, uid, name, toTell, at);
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

/** How many, the newest of them, and whose drafts they are if the authors do not know it already. A retracted one is not marked (P26). */
type MarkedStretch = { readonly marked: number; readonly newest: Seq; readonly drafts: readonly Named[] };

function markStretch(book: Book, { uid, mark: name, withhold }: Marking, { after, upTo }: Stretch): MarkedStretch {
  const { mask, want } = UNMARKED[name];
  const where = [uid, after, upTo, mask, want] as const;
  const { marked, unseen, newest } = book.sql.markable.get(...where) as { marked: number; unseen: number; newest: Seq };
  if (marked === 0) return { marked, newest, drafts: [] };
  const isTold = name !== "unread" && !withhold;
  const drafts = isTold ? (book.sql.untold.all(uid, after, upTo, mask | READ_KNOWN, want) as Named[]) : [];
  book.sql.changeFlags.run(~TAKEN[name], GIVEN[name] | (isTold && name === "read" ? READ_KNOWN : 0), ...where);
  book.count(uid, name === "unread" ? 0 : -unseen, CHANGE_OF_UNREAD[name] * marked);
  return { marked, newest, drafts };
}

type Marking = Extract<Change, { op: "mark" }>;

/** By which flags one sees that a mark is still to be made. */
const UNMARKED = {
  seen: { mask: SEEN | RETRACTED, want: 0 },
  read: { mask: READ | RETRACTED, want: 0 },
  unread: { mask: READ | RETRACTED, want: READ },
} as const satisfies Record<MarkName, object>;

const GIVEN = { seen: SEEN, read: SEEN | READ, unread: 0 } as const satisfies Record<MarkName, number>;
const TAKEN = { seen: 0, read: 0, unread: READ } as const satisfies Record<MarkName, number>;
const CHANGE_OF_UNREAD = { seen: 0, read: -1, unread: 1 } as const satisfies Record<MarkName, number>;
