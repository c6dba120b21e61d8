import type { Draft, Entry, Position, Seq, Snapshot } from "@carillon/protocol";

/**
 * The durable logs, one a user. Every promise resolves only when what it says is durable.
 * Any call may reject with `InboxUnavailable`; any other rejection is a bug.
 */
export interface Inbox {
  /**
   * Stores drafts in the order given: the notification in the recipient's log, its copy in the author's.
   * One result a draft, in the same order. All of a call become durable together or none does.
   */
  append(drafts: readonly AuthoredDraft[]): Promise<readonly Appended[]>;

  /** Says that connections of these users have every entry up to `seq`; authors get their receipts. */
  acknowledge(acks: readonly { uid: string; seq: Seq }[]): Promise<readonly Growth[]>;

  /** Up to `limit` entries after `after`, contiguous, oldest first. Empty at the head. */
  read(uid: string, after: Seq, limit: number): Promise<readonly Entry[]>;

  /** Decides, in one transaction, where a session stands. See `Start` and `Standing`. */
  open(uid: string, start: Start): Promise<Standing>;

  /** Finishes what was accepted and lets go of the store. */
  close(): Promise<void>;
}

export type AuthoredDraft = Draft & { readonly from: string; /** Milliseconds since 1970. */ readonly at: number };

/** What became of a draft; `seq` and `at` are those of the author's copy. */
export type Appended =
  | { readonly outcome: "stored"; readonly seq: Seq; readonly at: number; readonly growth: readonly Growth[] }
  | { readonly outcome: "duplicate"; readonly seq: Seq; readonly at: number }
  | { readonly outcome: "conflict" };

/** Entries that one call added to the end of one user's log, contiguous. */
export type Growth = { readonly uid: string; readonly entries: readonly Entry[] };

/** Where a session wants to start: after a position it has, at a snapshot, or after what was acknowledged by anybody of that user. */
export type Start =
  | { readonly from: "position"; readonly position: Position }
  | { readonly from: "snapshot" }
  | { readonly from: "acked" };

/** Where a session stands. Without a snapshot, the entries after `position` are all there to be read. */
export type Standing = {
  readonly position: Position;
  readonly head: Seq;
  readonly acked: Seq;
  readonly snapshot?: Snapshot;
};

/** The store cannot serve now: full, busy, gone. What was asked for has not happened. */
export class InboxUnavailable extends Error {
  override readonly name = "InboxUnavailable";
  /** Milliseconds after which asking again makes sense. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter = 1000) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** The doorbell between hub processes: "the log of uid has entries up to head". Never a store; a ring may be lost. */
export interface Bus {
  /** Tells the other hubs. */
  ring(uid: string, head: Seq): void;
  /** Hears the other hubs, never itself. */
  onRing(listener: (uid: string, head: Seq) => void): void;
  close(): Promise<void>;
}
