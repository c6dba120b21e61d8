import type { Notification } from "@carillon/protocol";
import type { Appended, Change } from "../../../hub/ports.ts";
import type { Book } from "../book.ts";
import { MUTED } from "../../flags.ts";
import { digestOf } from "../../digest.ts";
import { farEnd, type Kept, sentOf } from "../rows.ts";
import { isMuted } from "./mute.ts";

type Append = Extract<Change, { op: "append" }>;
type Outcome = Exclude<Appended, { outcome: "stored" }> | Omit<Extract<Appended, { outcome: "stored" }>, "growth">;

/** A notification for the recipient, and its copy for the author; a resend gets the first result (P12). */
export function append(book: Book, draft: Append): Outcome {
  const { id, from, to, text, thread, at } = draft;
  const digest = digestOf(draft);
  const before = book.draft(from, id);
  if (before !== undefined) {
    if (farEnd(before).digest !== digest) return { outcome: "conflict" };
    return { outcome: "duplicate", seq: before.seq, at: sentOf(before).at };
  }

  const content = thread === undefined ? { id, text } : { id, text, thread };
  const muted = isMuted(book, to, from, thread) ? { muted: true as const } : undefined;
  const attended = draft.attended ? { attended: true as const } : undefined;
  const notification = book.grow(
    to,
    (seq): Notification => ({
      kind: "notification",
      seq,
      at,
      from,
      ...content,
      ...forPage(draft),
      ...muted,
      ...attended,
    }),
    { flags: muted === undefined ? 0 : MUTED },
  );
  const kept: Kept = { notification: notification.seq, digest };
  const sent = book.grow(from, (seq) => ({ kind: "sent", seq, at, to, ...content, state: "stored" }), { kept });
  if (notification.expiresAt !== undefined) book.sql.addExpiry.run(notification.expiresAt, to, notification.seq);
  if (muted === undefined) book.count(to, 1, 1);
  return { outcome: "stored", seq: sent.seq, at };
}

/** What only the recipient's page makes something of (P10). */
function forPage({
  url,
  data,
  priority,
  ttl,
  at,
}: Append): Pick<Notification, "url" | "data" | "priority" | "expiresAt"> {
  return {
    ...(url !== undefined && { url }),
    ...(data !== undefined && { data }),
    ...(priority !== undefined && { priority }),
    ...(ttl !== undefined && { expiresAt: at + ttl * 1_000 }),
  };
}
