import type { Counts, Notification, Sent } from "@carillon/protocol";
import type { Pending } from "../outbox/waiting.ts";

/** What the user has to see. Arrays are in order of their log, oldest first, and replaced only when they change. */
export type View = LogView & {
  /** Drafts that the hub has not taken, oldest first. */
  readonly pending: readonly Pending[];
};

/** The part of the view that the log says, with what the user did and the hub has not confirmed yet. */
export type LogView = {
  /** Without those that are retracted. */
  readonly notifications: readonly Notification[];
  readonly sent: readonly Sent[];
  /** As the hub counted last; undefined until it has. */
  readonly counts: Counts | undefined;
  /** Whether the view holds the oldest item of each kind that the log holds: then there is no `older`. */
  readonly complete: { readonly notification: boolean; readonly sent: boolean };
};

/** Items of each kind that are kept as new ones come; more only where older history was asked for. */
export const VIEW_LIMIT = 1_000;
