import * as z from "zod/mini";
import { DraftId } from "./draft.ts";

/** Number of an entry in one user's log: from 1, +1 each. 0 is the position before the first. */
export const Seq = z.int().check(z.nonnegative());
export type Seq = z.infer<typeof Seq>;

/** A place in one user's log, in one incarnation of the store. */
export const Position = z.object({ epoch: z.string().check(z.minLength(1), z.maxLength(64)), seq: Seq });
export type Position = z.infer<typeof Position>;

const content = { id: DraftId, text: z.string(), thread: z.optional(z.string()) };
/** Milliseconds since 1970 by the hub's clock. */
const At = z.int();

/** In the recipient's log: what somebody wrote to this user. (from, id) names it for ever. */
export const Notification = z.object({
  kind: z.literal("notification"),
  seq: Seq,
  from: z.string(),
  at: At,
  ...content,
});
export type Notification = z.infer<typeof Notification>;

/** In the author's log: a draft of this user is stored. */
export const Sent = z.object({ kind: z.literal("sent"), seq: Seq, to: z.string(), at: At, ...content });
export type Sent = z.infer<typeof Sent>;

/** In the author's log: what became of drafts that this user sent to `to`. */
export const Receipt = z.object({
  kind: z.literal("receipt"),
  seq: Seq,
  state: z.literal("delivered"),
  to: z.string(),
  ids: z.array(DraftId),
  at: At,
});
export type Receipt = z.infer<typeof Receipt>;

/** One position in a log. */
export const Entry = z.discriminatedUnion("kind", [Notification, Sent, Receipt]);
export type Entry = z.infer<typeof Entry>;

/** What became of a draft, in the order in which it happens. */
export const SentState = z.enum(["stored", "delivered"]);
export type SentState = z.infer<typeof SentState>;

/** What stands at a position, for a session that cannot resume: the newest of each kind, oldest first. */
export const Snapshot = z.object({
  notifications: z.array(Notification),
  sent: z.array(z.extend(Sent, { state: SentState })),
  /** Highest seq that any connection of this user acknowledged: notifications after it have rung nowhere yet. */
  acked: Seq,
});
export type Snapshot = z.infer<typeof Snapshot>;
