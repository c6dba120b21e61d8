import * as z from "zod/mini";
import { Draft, DraftId } from "./draft.ts";
import { MuteTarget, Until } from "./attention.ts";
import { MarkName, MarkTarget, Position, Seq, Seqs } from "./entry.ts";
import { limits } from "./limits.ts";

/** First frame of every connection: who I am and, after a cut, the last position that I have. */
export const Hello = z.object({ type: z.literal("hello"), token: z.string(), position: z.optional(Position) });
export type Hello = z.infer<typeof Hello>;

/** Submits a draft; answered by `sent` or `refused` with its id. */
export const Send = z.extend(Draft, { type: z.literal("send") });
export type Send = z.infer<typeof Send>;

/** Submits several drafts, which become durable together; each is answered by itself. */
export const Batch = z.object({
  type: z.literal("batch"),
  drafts: z.array(Draft).check(z.minLength(1), z.maxLength(limits.draftsAtOnce)),
});
export type Batch = z.infer<typeof Batch>;

/** Names a request of this client among those that wait; the answer carries it. */
const request = { id: DraftId };

/** Marks notifications of one's own log; answered by `done` or `refused`. */
export const MarkRequest = z.object({ type: z.literal("mark"), ...request, mark: MarkName, target: MarkTarget });
export type MarkRequest = z.infer<typeof MarkRequest>;

/** Puts notifications of one's own log off until then, or, without a time, not any more; answered by `done` or `refused`. */
export const SnoozeRequest = z.object({
  type: z.literal("snooze"),
  ...request,
  seqs: Seqs,
  until: z.optional(Until),
});
export type SnoozeRequest = z.infer<typeof SnoozeRequest>;

/** Wants no bell for what comes of a thread or author from now on, or wants it again; answered by `done` or `refused`. */
export const MuteRequest = z.object({ type: z.literal("mute"), ...request, target: MuteTarget, muted: z.boolean() });
export type MuteRequest = z.infer<typeof MuteRequest>;

/** Wants no bell at all until then, or, without a time, wants it again; answered by `done` or `refused`. */
export const QuietRequest = z.object({ type: z.literal("quiet"), ...request, until: z.optional(Until) });
export type QuietRequest = z.infer<typeof QuietRequest>;

/** Takes an own draft back, by the draft's id; answered by `done` or `refused`. */
export const Retract = z.object({ type: z.literal("retract"), ...request, draft: DraftId });
export type Retract = z.infer<typeof Retract>;

/** Gives an own draft another text; answered by `done` or `refused`. */
export const EditRequest = z.object({ type: z.literal("edit"), ...request, draft: DraftId, text: z.string() });
export type EditRequest = z.infer<typeof EditRequest>;

/** What history is of. */
export const HistoryKind = z.enum(["notification", "sent", "archived"]);
export type HistoryKind = z.infer<typeof HistoryKind>;

/** Asks for older history of one kind; answered by `page` or `refused`. */
export const PageRequest = z.object({
  type: z.literal("page"),
  ...request,
  /** `archived`: of the notifications, those alone. */
  of: HistoryKind,
  /** Those before this seq. */
  before: Seq,
  limit: z.int().check(z.gte(1), z.lte(limits.pageItems)),
});
export type PageRequest = z.infer<typeof PageRequest>;

/** A newer token of the same user, by which the session goes on; answered by `renewed` or `refused`. */
export const Renew = z.object({ type: z.literal("renew"), ...request, token: z.string() });
export type Renew = z.infer<typeof Renew>;

/** Wants to know who of these users is online, in place of those watched before; answered by `done` or `refused`. */
export const Watch = z.object({
  type: z.literal("watch"),
  ...request,
  /** As many as a connection watches; none ends it. */
  uids: z.array(z.string()).check(z.maxLength(limits.watchedUsers)),
});
export type Watch = z.infer<typeof Watch>;

/** Its user looks at these threads here, in place of those before; answered by `done` or `refused`. */
export const Attend = z.object({
  type: z.literal("attend"),
  ...request,
  /** As many as a connection attends; none ends it. */
  threads: z.array(z.string()).check(z.maxLength(limits.attendedThreads)),
});
export type Attend = z.infer<typeof Attend>;

/** I have every entry up to here. */
export const Ack = z.object({ type: z.literal("ack"), seq: Seq });
export type Ack = z.infer<typeof Ack>;

/** Are you there? Answered by `pong`. */
export const Ping = z.object({ type: z.literal("ping") });
export type Ping = z.infer<typeof Ping>;

/** Every message from client to hub. */
export const Up = z.discriminatedUnion("type", [
  Hello,
  Send,
  Batch,
  MarkRequest,
  SnoozeRequest,
  MuteRequest,
  QuietRequest,
  Retract,
  EditRequest,
  PageRequest,
  Renew,
  Watch,
  Attend,
  Ack,
  Ping,
]);
export type Up = z.infer<typeof Up>;
