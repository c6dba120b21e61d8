import type { QuietTime } from "@carillon/protocol";
import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";

/** Lets it be quiet until then, or, without a time, no more, unless that is so already (P55). */
export function quiet(book: Book, { uid, until, at }: Extract<Change, { op: "quiet" }>): void {
  const before = quietOf(book, uid);
  if (before?.until === until) return;
  const isQuiet = before !== undefined && at < before.until;
  book.grow(uid, (seq) => {
    const time = until === undefined ? undefined : { since: isQuiet ? before.since : seq, until };
    if (time === undefined) book.sql.endQuiet.run(uid);
    else book.sql.setQuiet.run(uid, time.since, time.until);
    return { kind: "quiet", seq, at, ...(time !== undefined && { quiet: time }) };
  });
}

/** How quiet this user wanted it last; it may be over. */
export function quietOf(book: Book, uid: string): QuietTime | undefined {
  const { since, until } = book.sql.quiet.get(uid) ?? {};
  return typeof since === "number" && typeof until === "number" ? { since, until } : undefined;
}
