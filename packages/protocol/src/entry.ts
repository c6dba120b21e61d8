import * as z from "zod/mini";
import { MuteTarget, Until } from "./attention.ts";
import { Data } from "./data.ts";
import { DraftId, Priority } from "./draft.ts";
import { limits } from "./limits.ts";

/** Number of an entry in one user's log: from 1, +1 each. 0 is the position before the first. */
export const Seq = z.int().check(z.nonnegative());
export type Seq = z.infer<typeof Seq>;

/** A place in one user's log, in one incarnation of the store. */
export const Position = z.object({ epoch: z.string().check(z.minLength(1), z.maxLength(64)), seq: Seq });
export type Position = z.infer<typeof Position>;

const yes = z.optional(z.literal(true));

/** Every entry has these. `at`: milliseconds since 1970 by the hub's clock. */
const entry = { seq: Seq, at: z.int() };
/** What was written; once it is retracted, `text` is empty, and `url` and `data` are gone. All of it as it stands now, not as it stood then (P10). */
const content = { id: DraftId, text: z.string(), thread: z.optional(z.string()), edited: yes, retracted: yes };
/** Names a draft from both ends: in the author's log and in the recipient's. */
const between = { from: z.string(), to: z.string(), id: DraftId };

/** In the recipient's log: what somebody wrote to this user. (from, id) names it for ever. */
export const Notification = z.object({
  kind: z.literal("notification"),
  ...entry,
  from: z.string(),
  ...content,
  url: z.optional(z.string()),
  data: z.optional(Data),
  priority: z.optional(Priority),
  /** When the hub retracts it, in milliseconds since 1970 (P38). */
  expiresAt: z.optional(z.int()),
  seen: yes,
  read: yes,
  /** Out of the way until it is wanted back (P52). */
  archived: yes,
  /** Put off: when this time has come, it comes again, as another entry (P53). */
  snoozedUntil: z.optional(Until),
  /** It came again after it had been put off: where it stood before, and when it was written. */
  wokenFrom: z.optional(z.object({ seq: Seq, at: z.int() })),
  /** It was put off, and stands there now: what is left here is no notification. */
  wokenAs: z.optional(Seq),
  /** Its thread or author was muted when it came: for good (P54). */
  muted: yes,
  /** Somebody looked at its thread for this user when it came (P56). */
  attended: yes,
});
export type Notification = z.infer<typeof Notification>;

/** What became of a draft, in the order in which it happens; one may be skipped, none is taken back. */
export const SentState = z.enum(["stored", "delivered", "seen", "read"]);
export type SentState = z.infer<typeof SentState>;

/** In the author's log: a draft of this user is stored, and what became of it. */
export const Sent = z.object({ kind: z.literal("sent"), ...entry, to: z.string(), ...content, state: SentState });
export type Sent = z.infer<typeof Sent>;

/** In the author's log: what became of drafts that this user sent. `to`: their recipient, if they have the same one. */
export const Receipt = z.object({
  kind: z.literal("receipt"),
  ...entry,
  state: z.enum(["delivered", "seen", "read"]),
  to: z.optional(z.string()),
  ids: z.array(DraftId),
});
export type Receipt = z.infer<typeof Receipt>;

/**
 * What a user does with notifications: seen is for ever, read and archived imply it; read and unread take turns, and so do archived
 * and unarchived.
 */
export const MarkName = z.enum(["seen", "read", "unread", "archived", "unarchived"]);
export type MarkName = z.infer<typeof MarkName>;

/** Notifications of one's own log. */
export const Seqs = z.array(Seq).check(z.minLength(1), z.maxLength(limits.markedAtOnce));

/** Which notifications of one's own log a mark is about: these, or all up to a seq. */
export const MarkTarget = z.union([z.object({ seqs: Seqs }), z.object({ upTo: Seq })]);
export type MarkTarget = z.infer<typeof MarkTarget>;

/** In the recipient's log: one of the user's devices marked notifications. */
export const Mark = z.object({ kind: z.literal("mark"), ...entry, mark: MarkName, target: MarkTarget });
export type Mark = z.infer<typeof Mark>;

/** In the recipient's log: notifications are put off until then, or, without a time, not put off any more. */
export const Snooze = z.object({ kind: z.literal("snooze"), ...entry, seqs: Seqs, until: z.optional(Until) });
export type Snooze = z.infer<typeof Snooze>;

/** In its user's log: what comes of this thread or author from now on rings nobody, or does again. */
export const Mute = z.object({ kind: z.literal("mute"), ...entry, target: MuteTarget, muted: z.boolean() });
export type Mute = z.infer<typeof Mute>;

/**
 * Since which entry, and until when, its user wants nothing to ring but what is of high priority (P55). It may be over: by its time,
 * or because its user ended it then.
 */
export const QuietTime = z.object({ since: Seq, until: Until, over: z.optional(z.literal(true)) });
export type QuietTime = z.infer<typeof QuietTime>;

/** In its user's log: how quiet it is to be from now on. */
export const Quiet = z.object({ kind: z.literal("quiet"), ...entry, quiet: QuietTime });
export type Quiet = z.infer<typeof Quiet>;

/** In both logs: the author wrote another text. */
export const Edit = z.object({ kind: z.literal("edit"), ...entry, ...between, text: z.string() });
export type Edit = z.infer<typeof Edit>;

/** In both logs: the author took it back. */
export const Retraction = z.object({ kind: z.literal("retraction"), ...entry, ...between });
export type Retraction = z.infer<typeof Retraction>;

/** The log no longer holds what stood up to here. */
export const Trim = z.object({ kind: z.literal("trim"), ...entry, upTo: Seq });
export type Trim = z.infer<typeof Trim>;

/** One position in a log. */
export const Entry = z.discriminatedUnion("kind", [
  Notification,
  Sent,
  Receipt,
  Mark,
  Snooze,
  Mute,
  Quiet,
  Edit,
  Retraction,
  Trim,
]);
export type Entry = z.infer<typeof Entry>;

/** How many of a user's notifications are not seen, not read, as of a position of the log. Only the hub counts (P25). */
export const Counts = z.object({
  unseen: z.int().check(z.nonnegative()),
  unread: z.int().check(z.nonnegative()),
  asOf: Seq,
});
export type Counts = z.infer<typeof Counts>;

/** What stands at a position, for a session that cannot resume: the newest of each kind, oldest first. */
export const Snapshot = z.object({
  notifications: z.array(Notification),
  sent: z.array(Sent),
  /** Highest seq that any connection of this user acknowledged: notifications after it have rung nowhere yet. */
  acked: Seq,
  /** What the user mutes, in the order in which it was muted. */
  mutes: z.array(MuteTarget).check(z.maxLength(limits.mutes)),
  quiet: z.optional(QuietTime),
});
export type Snapshot = z.infer<typeof Snapshot>;
