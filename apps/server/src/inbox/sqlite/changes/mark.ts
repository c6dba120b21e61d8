import type { MarkName, MarkTarget } from "@carillon/protocol";
import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { READ, RETRACTED, SEEN } from "../flags.ts";
import { type EntryRow, notificationOf } from "../rows.ts";
import { giveReceipts } from "./receipt.ts";

/** Marks what is not so already, and says what changed (P23). */
export function mark(book: Book, { uid, mark: name, target, withhold, at }: Extract<Change, { op: "mark" }>): void {
  const rows = concerned(book, uid, name, target);
  if (rows.length === 0) return;
  for (const { seq, flags } of rows) book.sql.setFlags.run(marked(flags, name), uid, seq);
  book.count(uid, -changes(rows, name, SEEN), -changes(rows, name, READ));

  const changed = "upTo" in target ? { upTo: rows.at(-1)?.seq ?? 0 } : { seqs: rows.map(({ seq }) => seq) };
  book.grow(uid, (seq) => ({ kind: "mark", seq, at, mark: name, target: changed }));
  if (name !== "unread" && !withhold) giveReceipts(book, uid, name, rows.map(notificationOf), at);
}

/** The notifications that the target names and that this mark changes. A retracted one is not marked (P26). */
function concerned(book: Book, uid: string, name: MarkName, target: MarkTarget): readonly EntryRow[] {
  const { mask, want } = UNMARKED[name];
  if ("upTo" in target) {
    return book.sql.kindBetween.all(uid, "notification", 0, target.upTo, mask, want) as EntryRow[];
  }
  return [...new Set(target.seqs)].flatMap((seq) => {
    const row = book.entry(uid, seq);
    return row?.kind === "notification" && (row.flags & mask) === want ? [row] : [];
  });
}

/** By which flags one sees that a mark is still to be made. */
const UNMARKED = {
  seen: { mask: SEEN | RETRACTED, want: 0 },
  read: { mask: READ | RETRACTED, want: 0 },
  unread: { mask: READ | RETRACTED, want: READ },
} as const;

function marked(flags: number, name: MarkName): number {
  if (name === "seen") return flags | SEEN;
  return name === "read" ? flags | SEEN | READ : flags & ~READ;
}

/** How many of these get the flag, less those that lose it. */
function changes(rows: readonly EntryRow[], name: MarkName, flag: number): number {
  return rows.reduce((sum, { flags }) => sum + (marked(flags, name) & flag) / flag - (flags & flag) / flag, 0);
}
