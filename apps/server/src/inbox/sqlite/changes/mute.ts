import { limits, type MuteTarget } from "@carillon/protocol";
import type { Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";

type Outcome = { readonly outcome: "done" } | { readonly outcome: "tooManyMutes" };

/** Mutes a thread or an author for a user, or does so no more, unless that is so already (P54). */
export function mute(book: Book, { uid, target, muted, at }: Extract<Change, { op: "mute" }>): Outcome {
  const { what, name } = named(target);
  const isSo = (book.sql.mute.get(uid, what, name) !== undefined) === muted;
  if (isSo) return { outcome: "done" };
  if (muted && Number(book.sql.countMutes.get(uid)?.["n"]) >= limits.mutes) return { outcome: "tooManyMutes" };
  const { seq } = book.grow(uid, (next) => ({ kind: "mute", seq: next, at, target, muted }));
  if (muted) book.sql.addMute.run(uid, what, name, seq);
  else book.sql.removeMute.run(uid, what, name);
  return { outcome: "done" };
}

/** Whether this user wants no bell for what comes from there. */
export function isMuted(book: Book, uid: string, from: string, thread: string | undefined): boolean {
  return book.sql.isMuted.get(uid, from, thread ?? null) !== undefined;
}

/** All that this user mutes, in the order in which it was muted. */
export function mutesOf(book: Book, uid: string): MuteTarget[] {
  return book.sql.mutes.all(uid).map(({ what, name }) => {
    return what === "thread" ? { thread: String(name) } : { from: String(name) };
  });
}

function named(target: MuteTarget): { readonly what: "thread" | "from"; readonly name: string } {
  return "thread" in target ? { what: "thread", name: target.thread } : { what: "from", name: target.from };
}
