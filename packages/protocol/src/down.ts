import * as z from "zod/mini";
import { DraftId } from "./draft.ts";
import { Counts, Entry, Notification, Position, Sent, Seq, Snapshot } from "./entry.ts";
import { limits } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/** Milliseconds for which the session's token holds: by no clock that the two sides would have to agree on. */
const ExpiresIn = z.int().check(z.nonnegative());

const welcome = {
  type: z.literal("welcome"),
  uid: z.string(),
  /** Name of this session in the hub's logs. */
  session: z.string(),
  /** Whether `hello` carried a position. */
  wasRecovering: z.boolean(),
  /** Where the session stands now; the entries after it follow. */
  position: Position,
  /** The newest seq of the log when it was opened. */
  head: Seq,
  counts: Counts,
  expiresIn: ExpiresIn,
};

/** Answers `hello`. Not recovered: nothing is replayed, the snapshot is what stands at `position`. */
export const Welcome = z.discriminatedUnion("recovered", [
  z.object({ ...welcome, recovered: z.literal(true) }),
  z.object({ ...welcome, recovered: z.literal(false), snapshot: Snapshot }),
]);
export type Welcome = z.infer<typeof Welcome>;

/** The entries that follow the session's cursor, contiguous, in order; with the counts where they may have changed. */
export const Entries = z.object({
  type: z.literal("entries"),
  entries: z.array(Entry),
  counts: z.optional(Counts),
  /** Another connection of the user acknowledges these (P57). */
  ack: z.optional(z.literal(false)),
});
export type Entries = z.infer<typeof Entries>;

/** Nobody has acknowledged what another connection was to: say what you have (P57). */
export const Unacked = z.object({ type: z.literal("unacked") });
export type Unacked = z.infer<typeof Unacked>;

/** The draft of this id is durable. `seq` is its entry in the author's log; `duplicate`: it already was. */
export const SentReply = z.object({
  type: z.literal("sent"),
  id: DraftId,
  seq: Seq,
  at: z.int(),
  duplicate: z.optional(z.literal(true)),
});
export type SentReply = z.infer<typeof SentReply>;

/** The request of this id is granted: what it changed stands in the logs. */
export const Done = z.object({ type: z.literal("done"), id: DraftId });
export type Done = z.infer<typeof Done>;

/** Answers `renew`: the session lives by the newer token. */
export const Renewed = z.object({ type: z.literal("renewed"), id: DraftId, expiresIn: ExpiresIn });
export type Renewed = z.infer<typeof Renewed>;

/** History of one kind as it stands now, oldest first; `end`: nothing is before it. */
export const Page = z.object({
  type: z.literal("page"),
  id: DraftId,
  items: z.array(z.discriminatedUnion("kind", [Notification, Sent])),
  end: z.boolean(),
});
export type Page = z.infer<typeof Page>;

/** The request of this id (a draft's own, for `send`) was not granted, and why. */
export const Refused = z.extend(Refusal, { type: z.literal("refused"), id: DraftId });
export type Refused = z.infer<typeof Refused>;

/** Whether a user has a session open. */
export const UserPresence = z.object({ uid: z.string(), online: z.boolean() });
export type UserPresence = z.infer<typeof UserPresence>;

/** Users that this connection watches: all of them when it begins to, then those that came or went. */
export const Presence = z.object({
  type: z.literal("presence"),
  users: z.array(UserPresence).check(z.maxLength(limits.watchedUsers)),
});
export type Presence = z.infer<typeof Presence>;

/** Answers `ping`. */
export const Pong = z.object({ type: z.literal("pong") });
export type Pong = z.infer<typeof Pong>;

/** Every message from hub to client. */
export const Down = z.union([Welcome, Entries, Unacked, SentReply, Done, Refused, Page, Presence, Renewed, Pong]);
export type Down = z.infer<typeof Down>;
