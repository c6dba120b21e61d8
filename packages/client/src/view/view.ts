import type { Counts, HistoryKind, MuteTarget, Notification, QuietTime, Sent } from "@carillon/protocol";
import type { Pending } from "../outbox/waiting.ts";
import type { Receipts } from "./receipts.ts";

/** What the user has to see. Arrays are in order of their log, oldest first, and replaced only when they change. */
export type View = LogView & {
  /** Drafts that the hub has not taken, oldest first. */
  readonly pending: readonly Pending[];
  /** When what was sent got how far, of what this client was told itself: a snapshot has no times (P24). */
  readonly receipts: Receipts;
};

/** The part of the view that the log says, with what the user did and the hub has not confirmed yet. */
export type LogView = {
  /** Without those that are retracted; with those that are archived, put off or muted, which say so. */
  readonly notifications: readonly Notification[];
  /** Of the notifications, those that are archived, further back: `older("archived")` asks for them alone (P52). */
  readonly archived: readonly Notification[];
  readonly sent: readonly Sent[];
  /** As the hub counted last; undefined until it has. */
  readonly counts: Counts | undefined;
  /** Whether the view holds the oldest item of each kind that the log holds: then there is no `older`. */
  readonly complete: { readonly [K in HistoryKind]: boolean };
  /** What the user mutes, in the order in which it was muted (P54). */
  readonly mutes: readonly MuteTarget[];
  /** For how long the user wants quiet; it may be over (P55). */
  readonly quiet: QuietTime | undefined;
};

/** Items of each kind that are kept as new ones come; more only where older history was asked for. */
export const VIEW_LIMIT = 1_000;
