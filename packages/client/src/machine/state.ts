import type {
  Counts,
  Done,
  Down,
  Entry,
  Page,
  Position,
  Refused,
  SentReply,
  Seq,
  Snapshot,
  Up,
  UserPresence,
} from "@carillon/protocol";
import { type Choice, firstChoice, type Transport } from "./choice.ts";

/** Where a connection stands. Times are milliseconds since 1970. */
export type State = Memory &
  (
    | { readonly at: "stopped" }
    /** The application was asked for a token. */
    | { readonly at: "authorizing"; readonly since: number }
    | { readonly at: "connecting"; readonly since: number; readonly token: string }
    /** `hello` is sent, `welcome` is not here. */
    | { readonly at: "greeting"; readonly since: number }
    | {
        readonly at: "online";
        readonly since: number;
        readonly heardAt: number;
        readonly probe: Probe | undefined;
        readonly lease: Lease;
      }
    /** `code`: with which the hub closed the last connection, if it did. */
    | { readonly at: "waiting"; readonly until: number; readonly code: number | undefined }
    /** The page is out of use, perhaps for good: it has no socket until it wakes up (P48). */
    | { readonly at: "resting" }
    | { readonly at: "refused"; readonly code: number; readonly reason: string }
  );

/** What outlives a connection. */
export type Memory = {
  /** The last entry that was delivered to the application. */
  readonly position: Position | undefined;
  /** Connections in a row that failed or did not last. */
  readonly failures: number;
  /** The hub called the last token expired. */
  readonly expired: boolean;
  readonly choice: Choice;
};

/** A `ping` that waits for any frame. `because`: the hub was silent, the page woke up, or the timer of another probe came too late. */
export type Probe = { readonly answerBy: number; readonly because: "silence" | "wake" | "lateness" };

/** Until when the token holds, and when to ask the application for a newer one. */
export type Lease = { readonly endsAt: number; readonly renewAt: number };

/**
 * What a token is wanted for: to connect with; to connect in the place of one that the hub did not take; or to keep a connection
 * that lives beyond the end of its token.
 */
export type TokenNeed = "connect" | "replace" | "renew";

export type Event =
  | { readonly on: "start" | "stop" | "retry" | "wake" | "rest" | "timer" | "noToken" | "opened" }
  /** A WebSocket that was tried beside the stream opened. */
  | { readonly on: "webSocketOpens" }
  | { readonly on: "token"; readonly token: string }
  | { readonly on: "closed"; readonly code: number; readonly reason: string }
  | { readonly on: "frame"; readonly message: Down };

export type Effect =
  | { readonly do: "askToken"; readonly why: TokenNeed }
  | { readonly do: "openSocket"; readonly transport: Transport }
  /** Sees whether a WebSocket opens, beside the stream; `dropSocket` ends that, too. */
  | { readonly do: "tryWebSocket" }
  /** Closes the socket and hears nothing of it any more. */
  | { readonly do: "dropSocket" }
  | { readonly do: "transmit"; readonly message: Up }
  /** Sends what waits in the outbox, now and as long as this socket lasts. */
  | { readonly do: "flush" }
  /** One timer: replaces the one before; without `ms` there is none. */
  | { readonly do: "timer"; readonly ms?: number }
  /** Whatever comes up to this seq was missed (P47). */
  | { readonly do: "catchUp"; readonly upTo: Seq }
  /** Replaces what was shown. */
  | { readonly do: "show"; readonly uid: string; readonly snapshot: Snapshot; readonly counts: Counts }
  /** Adds to what is shown; there may be no entry, only counts. */
  | { readonly do: "deliver"; readonly entries: readonly Entry[]; readonly counts: Counts | undefined }
  | { readonly do: "settle"; readonly reply: Reply }
  | { readonly do: "tellPresence"; readonly users: readonly UserPresence[] };

/** What answers a request, by its id. */
export type Reply = SentReply | Done | Refused | Page;

/** What a step may know beside its state. */
export type World = { readonly now: number; /** Uniform in [0, 1). */ readonly random: number };

export type Step = readonly [State, ...Effect[]];

export type At = State["at"];
export type On = Event["on"];
export type InState<A extends At> = Extract<State, { at: A }>;
export type OfEvent<E extends On> = Extract<Event, { on: E }> extends never ? Event : Extract<Event, { on: E }>;

export const initial: State = { at: "stopped", position: undefined, failures: 0, expired: false, choice: firstChoice };

export function memory({ position, failures, expired, choice }: Memory): Memory {
  return { position, failures, expired, choice };
}

export function timer(ms: number): Effect {
  return { do: "timer", ms };
}

export const NO_TIMER: Effect = { do: "timer" };
