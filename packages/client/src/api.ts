import type {
  Draft,
  HistoryKind,
  MarkName,
  MarkTarget,
  MuteTarget,
  Notification,
  Refusal,
  Seq,
} from "@carillon/protocol";
import type { Clock } from "./clock.ts";
import type { Transport } from "./machine/choice.ts";
import type { TokenNeed } from "./machine/state.ts";
import type { OutboxStore } from "./outbox/store.ts";
import type { Change, Pending } from "./outbox/waiting.ts";
import type { SocketFactory } from "./socket.ts";
import type { MissedWhile } from "./view/missed.ts";
import type { View } from "./view/view.ts";
import type { WakeHints } from "./wake.ts";

export type ClientOptions = {
  /** `ws:` or `wss:` URL of the hub's socket, such as `ws://127.0.0.1:9501/v1/socket`. */
  readonly url: string;
  /**
   * Gives a token. Asked before each connection: to `connect` any that holds will do, to `replace` one that the hub did not take,
   * another is needed. Asked to `renew` while connected, before the token expires: a newer one keeps the connection; where there
   * is none, reject, and the connection lasts as long as its token.
   */
  readonly token: (why: TokenNeed) => Promise<string>;
  /** How the connection stands; called on every change. */
  readonly onStatus?: (status: Status) => void;
  /** What the user has to see; called with a new object on every change. */
  readonly onView?: (view: View) => void;
  /**
   * Something arrived that has not rung in this client before: once for each notification, in order, after `onView`; once more
   * when one comes again that was put off (P53). Never for one that is retracted, archived, put off or muted, or that the user has
   * seen or read elsewhere already, nor for one of low priority or past its `expiresAt`. While it is quiet, only for those of high
   * priority (P55); not for one that somebody looks at where it came from (P56).
   */
  readonly onNotification?: (notification: Notification) => void;
  /**
   * What arrived while there was no connection, in order, once all of it is here; or what arrived while it was quiet and is unseen,
   * once that is over (P55): for a page that would rather say "40 new" than ring 40 times. Without it, `onNotification` is called
   * for each. Not `isAll`: older ones came, too, that are not here; a page says "30+ new" then.
   */
  readonly onMissed?: (notifications: readonly Notification[], meanwhile: MissedWhile, isAll: boolean) => void;
  /**
   * Who of those watched is online; called with a new map on every change. Of whom it does not hold nothing is known: while there is
   * no connection, it is empty.
   */
  readonly onPresence?: (online: ReadonlyMap<string, boolean>) => void;
  /** The hub refused a change for good: the view shows what was before again. Called after `onView`. */
  readonly onRefused?: (change: Change, refusal: Refusal) => void;
  /** Where unanswered requests survive a reload; default in memory. */
  readonly outbox?: OutboxStore;
  readonly socket?: SocketFactory;
  /** What stands in for sockets that do not open or last; default a stream of events and POSTs, at `stream` beside `url`. */
  readonly stream?: SocketFactory;
  readonly clock?: Clock;
  readonly wakeHints?: WakeHints;
  /** Uniform in [0, 1); default `Math.random`. */
  readonly random?: () => number;
};

/** How the connection stands, in a page's terms. */
export type Status =
  | { readonly at: "stopped" }
  | { readonly at: "connecting" }
  /** `transport`: how the frames travel. */
  | { readonly at: "online"; readonly transport: Transport }
  /** Comes back by itself at `until` (milliseconds since 1970, this machine's clock). `code`: why the last one ended, if the hub said. */
  | { readonly at: "waiting"; readonly until: number; readonly code: number | undefined }
  /** Does not come back: `code` is the close code (protocol, table of close codes), `reason` the hub's sentence. */
  | { readonly at: "refused"; readonly code: number; readonly reason: string };

/** A draft without its id, which the client makes. */
export type DraftInput = Readonly<Omit<Draft, "id">>;

/** The id that the draft got, or why it was not even put into the outbox. */
export type Submitted = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly refusal: Refusal };

export type Client = {
  /** Connects, and stays connected until `stop`. Does nothing if started. */
  start(): void;
  /** Disconnects. The outbox is kept. */
  stop(): void;
  /** Ends a wait, or an end by refusal, and connects now. */
  retry(): void;
  /** Puts a draft into the outbox and sends it when it can. */
  send(draft: DraftInput): Submitted;
  /** Takes a draft that was refused out of the outbox; undefined if there is no such refused draft. */
  discard(id: string): Pending | undefined;
  /**
   * Marks notifications. The view shows it at once and the hub hears of it when it can; if the hub refuses, the view shows what
   * was before. Counts change only when the hub says so.
   */
  mark(mark: MarkName, target: MarkTarget): void;
  /** Puts notifications off until then (milliseconds since 1970), or, without a time, not any more; as `mark` does (P53). */
  snooze(seqs: readonly Seq[], until?: number): void;
  /** Wants no bell for what comes of a thread or author from now on, or wants it again; as `mark` does (P54). */
  mute(target: MuteTarget, muted: boolean): void;
  /** Wants no bell until then (milliseconds since 1970), or, without a time, wants it again; as `mark` does (P55). */
  quiet(until?: number): void;
  /** Takes an own draft back: one that waits in the outbox never goes out, one that is stored is retracted, as `mark` does. */
  retract(draft: string): void;
  /** Gives an own stored draft another text, as `mark` does; or why that text cannot be. */
  edit(draft: string, text: string): Submitted;
  /**
   * Wants to know who of these users is online, in place of those before, on this connection and all that follow.
   * At most 50 (protocol, `limits.watchedUsers`); throws a TypeError if there are more.
   */
  watch(uids: readonly string[]): void;
  /**
   * The user looks at these threads here, in place of those before, on this connection and all that follow: what comes in one of
   * them rings nowhere, and is marked seen (P56). At most 16 (protocol, `limits.attendedThreads`); throws a TypeError if there are more.
   */
  attend(threads: readonly string[]): void;
  /** Puts older history of one kind before what the view holds. Resolves when it is there; rejects if it cannot be had now. */
  older(of: HistoryKind): Promise<void>;
};
