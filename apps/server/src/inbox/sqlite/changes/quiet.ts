import { isQuiet, type QuietTime } from "@carillon/protocol";
import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";

/** Lets it be quiet until then, or, without a time, no more, unless that is so already (P55). */
export function quiet(book: Book, { uid, until, at }: Extract<Change, { op: "quiet" }>): void {
  const before = quietOf(book, uid);
  const now = isQuiet(before, at) ? before : undefined;
  if (now?.until === until) return;
  book.grow(uid, (seq) => {
    const since = now?.since ?? seq;
    const time: QuietTime = until === undefined ? { since, until: at, over: true } : { since, until };
    book.sql.setQuiet.run(uid, since, time.over === true ? -time.until : time.until);
    return { kind: "quiet", seq, at, quiet: time };
  });
}

/** How quiet this user wanted it last; it may be over. */
export function quietOf(book: Book, uid: string): QuietTime | undefined {
  const { since, until } = book.sql.quiet.get(uid) ?? {};
  if (typeof since !== "number" || typeof until !== "number") return undefined;
  return until < 0 ? { since, until: -until, over: true } : { since, until }; // Below zero: it was ended then.
}
