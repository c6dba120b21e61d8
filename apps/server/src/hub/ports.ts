import type {
  Counts,
  Draft,
  HistoryKind,
  MarkName,
  MarkTarget,
  MuteTarget,
  Notification,
  Position,
  Sent,
  Seq,
  Snapshot,
} from "@carillon/protocol";
import type { Grant } from "@carillon/protocol/token";
import type { Rate } from "./bucket.ts";
import type { Written } from "./written.ts";

/**
 * The durable logs, one a user. Every promise resolves only when what it says is durable.
 * Any call may reject with `InboxUnavailable`; any other rejection is a bug.
 */
export interface Inbox {
  /**
   * Makes changes in the order given; one outcome a change, in the same order. It resolves when all of a call are durable. If it
   * rejects, none is, or, where logs lie on several machines, it is unknown which are: asking again does what is left of them (P12).
   */
  commit<C extends Change>(changes: readonly C[]): Promise<readonly OutcomeOf<C>[]>;

  /** Up to `limit` entries after `after`, contiguous, oldest first, as they stand now. Empty at the head. */
  read(uid: string, after: Seq, limit: number): Promise<Pages>;

  /** Decides, in one transaction, where a session stands. See `Start` and `Standing`. */
  open(uid: string, start: Start): Promise<Standing>;

  /** Up to `limit` items of one kind before a seq, oldest first, as they stand now. */
  page(uid: string, of: HistoryKind, before: Seq, limit: number): Promise<History>;

  /**
   * Ids of drafts of this author that begin with `prefix`, in their order: up to `limit` of those whose rest comes after `after`
   * ("" is before all).
   */
  drafts(author: string, prefix: string, after: string, limit: number): Promise<readonly string[]>;

  /** Finishes what was accepted and lets go of the store. */
  close(): Promise<void>;
}

/** Tokens that are refused from now on, although they hold. Times are milliseconds since 1970. */
export type Revocation =
  /** Every token of this user that was issued up to `until`. */
  | { readonly of: "user"; readonly uid: string; readonly until: number }
  /** The one token of this name. Once it is expired, nobody need remember it; without `expiresAt` it never is. */
  | { readonly of: "token"; readonly tokenId: string; readonly expiresAt: number | undefined };

/** What of a token a revocation is held against. */
export type Bearing = Pick<Grant, "uid" | "issuedAt" | "tokenId">;

/**
 * The tokens that are revoked, kept beside the logs: whoever can read a log can ask for them. As of the inbox, every promise
 * resolves only when what it says is durable, and may reject with `InboxUnavailable`.
 */
export interface Revocations {
  /** From now on `isRevoked` knows it, also after a restart. What was revoked before stays revoked. */
  revoke(revocation: Revocation): Promise<void>;

  isRevoked(bearing: Bearing): Promise<boolean>;
}

/** What can happen to logs. `at`: milliseconds since 1970. */
export type Change =
  /**
   * A notification for `to`, and its copy in the log of `from`. `attended`: somebody looks at its thread for `to` (P56). `rate`: how
   * fast all hubs together take drafts of this author (P51), where several share the store.
   */
  | ({
      readonly op: "append";
      readonly from: string;
      readonly attended?: boolean;
      readonly rate?: Pace | undefined;
      readonly at: number;
    } & Readonly<Draft>)
  /** Connections of these users, each of them another, have every entry up to `seq`; authors get their receipts. */
  | {
      readonly op: "acknowledge";
      readonly reached: readonly { readonly uid: string; readonly seq: Seq }[];
      readonly at: number;
    }
  /**
   * A device of this user marked notifications; authors get their receipts unless they are withheld. Of all up to a seq, only
   * those after `after`, if it is given, and only some at once: the rest is told.
   */
  | {
      readonly op: "mark";
      readonly uid: string;
      readonly mark: MarkName;
      readonly target: MarkTarget;
      readonly after?: Seq;
      readonly withhold: boolean;
      readonly at: number;
    }
  /** A device of this user put notifications off until then, or, without a time, not any more (P53). */
  | {
      readonly op: "snooze";
      readonly uid: string;
      readonly seqs: readonly Seq[];
      readonly until?: number | undefined;
      readonly at: number;
    }
  /** What comes of this thread or author from now on rings nobody, or does again (P54). */
  | {
      readonly op: "mute";
      readonly uid: string;
      readonly target: MuteTarget;
      readonly muted: boolean;
      readonly at: number;
    }
  /** This user wants it quiet until then, or, without a time, not any more (P55). */
  | { readonly op: "quiet"; readonly uid: string; readonly until?: number | undefined; readonly at: number }
  /** The author takes a draft back: its text leaves the recipient's log. */
  | { readonly op: "retract"; readonly from: string; readonly id: string; readonly at: number }
  /** The author gives a draft another text, unless its recipient is none of those to whom the author may send (P31). */
  | {
      readonly op: "edit";
      readonly from: string;
      readonly id: string;
      readonly text: string;
      readonly sendsTo?: ReadonlySet<string> | undefined;
      readonly at: number;
    }
  /** Of the notifications whose time has come at `at`, some: those whose time to live is over are retracted, those put off come again. */
  | { readonly op: "lapse"; readonly at: number }
  /** Entries made before `before` are given up, in the next users after `after`, in the order of their uids. */
  | { readonly op: "expire"; readonly after: string; readonly before: number; readonly at: number };

/** A rate, and the milliseconds that nobody is told to wait more than. */
export type Pace = Rate & { readonly longestWait: number };

/** What became of a change. `notifications`: how many that were not retracted it acknowledged first. */
export type OutcomeOf<C extends Change> = C extends { op: "append" }
  ? Appended
  : C extends { op: "retract" | "edit" }
    ? | Done
      | { readonly outcome: "unknownDraft" }
      | (C extends { op: "edit" } ? { readonly outcome: "forbidden" } : never)
    : C extends { op: "expire" }
      ? Done & { readonly next: string | undefined }
      : C extends { op: "acknowledge" }
        ? Done & { readonly notifications: number }
        : C extends { op: "mark" }
          ? Done & Marked
          : C extends { op: "mute" }
            ? Done | { readonly outcome: "tooManyMutes" }
            : C extends { op: "lapse" }
              ? Done & {
                  /** When the time of the next one is over, if there is one. */ readonly next: number | undefined;
                }
              : Done;

/** `seq` and `at` are those of the entry in the author's log. */
export type Appended =
  | { readonly outcome: "stored"; readonly seq: Seq; readonly at: number; readonly growth: readonly Growth[] }
  | { readonly outcome: "duplicate"; readonly seq: Seq; readonly at: number }
  | { readonly outcome: "conflict" }
  | { readonly outcome: "tooEarly"; readonly retryAfter: number };

/** How many notifications a mark has changed, and the seqs that are still to be looked at. */
export type Marked = {
  readonly marked: number;
  readonly rest: { readonly after: Seq; readonly upTo: Seq } | undefined;
};

/** It is so; without growth, it already was. */
export type Done = { readonly outcome: "done"; readonly growth: readonly Growth[] };

/**
 * Entries that one change added to the end of one user's log, contiguous, and the user's counts after them. Without entries: the
 * log has some up to `counts.asOf`, and perhaps nobody was told. `epoch`: as in `Pages`.
 */
export type Growth = Pages & { readonly uid: string };

/**
 * A stretch of a log, with the counts as of its head. `epoch` is the log's now, where it can change under those who read; absent
 * where it holds for as long as the store is open.
 */
export type Pages = { readonly entries: readonly Written[]; readonly counts: Counts; readonly epoch?: string };

export type History = { readonly items: readonly (Notification | Sent)[]; readonly end: boolean };

/** Where a session wants to start: after a position it has, at a snapshot, or after what was acknowledged by anybody of that user. */
export type Start =
  | { readonly from: "position"; readonly position: Position }
  | { readonly from: "snapshot" }
  | { readonly from: "acked" };

/** Where a session stands. Without a snapshot, the entries after `position` are all there to be read. */
export type Standing = {
  readonly position: Position;
  readonly head: Seq;
  readonly counts: Counts;
  readonly snapshot?: Snapshot;
};

/** The store cannot serve now: full, busy, gone. What was asked for has not happened, or happens if it is asked for again. */
export class InboxUnavailable extends Error {
  override readonly name = "InboxUnavailable";
  /** Milliseconds after which asking again makes sense. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter = 1000) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/**
 * The doorbell between hub processes: "the log of uid has entries up to head", "these tokens are revoked". Never a store; a ring
 * may be lost. `epoch`: as in `Pages`.
 */
export interface Bus {
  /** Tells the other hubs. */
  ring(uid: string, head: Seq, epoch?: string): void;
  /** Hears the other hubs, never itself. */
  onRing(listener: (uid: string, head: Seq, epoch?: string) => void): void;
  /**
   * What other hubs told may have been lost: whoever `concerns` says has to be looked after, its log and its tokens. May come at
   * any time, and again while one looks.
   */
  onDoubt(listener: (concerns: (uid: string) => boolean) => void): void;
  /** Whether what this hub rings is heard, as far as anybody knows. */
  isHeard(): boolean;
  /** Tells the other hubs, so that they hang up on those who live by such a token. */
  revoked(revocation: Revocation): void;
  onRevoked(listener: (revocation: Revocation) => void): void;
  /** Tells the other hubs. */
  tell(news: News): void;
  /** `hub`: whose news it is. */
  onNews(listener: (news: News, hub: string) => void): void;
  close(): Promise<void>;
}

/** What hubs tell each other of a user's connections. It may be lost, as any ring. */
export type News =
  /** This hub has a first connection of the user, or none any more. */
  | { readonly of: "place"; readonly uid: string; readonly isHere: boolean }
  /** Those that came before this stamp are replaced (P20). */
  | { readonly of: "newest"; readonly uid: string; readonly stamp: number }
  /** All are hung up, and may come back. */
  | { readonly of: "disconnect"; readonly uid: string };

/** Other hubs that have connections of a user, and how many. */
export type Elsewhere = ReadonlyMap<string, number>;

/**
 * What hubs that share a store know of each other's connections. Nothing of it is durable: a hub that ends without a word is
 * forgotten after a while, and so is all that it put. Any promise may reject with `InboxUnavailable`.
 */
export interface Places {
  /** There are no other hubs, and there will be none: nobody need be told, or asked. */
  readonly areAlone?: boolean;
  /** This hub has so many connections of the user now. To be said again within `placeMs`. */
  put(uid: string, connections: number): Promise<Elsewhere>;
  where(uid: string): Promise<Elsewhere>;
  /** A number above all that were given for this user before, on any hub. */
  stamp(uid: string): Promise<number>;
  /** The newest such number; 0 if nobody knows. */
  newest(uid: string): Promise<number>;
  /** Connections to this hub look at these threads of the user (P56). To be said again within `attentionMs`. */
  attend(uid: string, threads: readonly string[]): Promise<void>;
  /** Milliseconds for which these hold; Infinity where nobody forgets. */
  readonly placeMs: number;
  readonly attentionMs: number;
  /** Whether that hub is there, as far as anybody knows. */
  isThere(hub: string): boolean;
  /** Something of that hub was heard. */
  heard(hub: string): void;
  /** `hubs`: others came or went. `gone`: one went, perhaps before it had rung for what it stored. `lost`: what this hub put may be forgotten, and has to be put again. */
  onChange(listener: (what: "hubs" | "gone" | "lost") => void): void;
}

/** What the hub knows of a session. */
export interface Listener {
  readonly uid: string;
  /** The token by which it is here, if it is by one. */
  readonly bearing: Bearing | undefined;
  /** Whether it is here by a token that is revoked so. */
  isMeant(revocation: Revocation): boolean;
  /**
   * The log has entries up to `head`, of the incarnation `epoch` where that can change; `fresh` is its newest growth, if it is at
   * hand, and `takenAt` when the hub was asked for it, in milliseconds of a monotonic clock.
   */
  ring(head: Seq, epoch?: string, fresh?: Growth, takenAt?: number): void;
  /** Asks for the acknowledgement of what it has, which another session of its user was to give (P57). */
  ask(): void;
  hangUp(close: { readonly code: number; readonly reason: string }): void;
}
