import {
  Close,
  type Down,
  type Entry,
  mayReturn,
  type Position,
  type Refused,
  type SentReply,
  type Snapshot,
  type Up,
  type Welcome,
} from "@carillon/protocol";
import { backoff } from "./backoff.ts";

/** Where a connection stands. Times are milliseconds since 1970. */
export type State = Memory &
  (
    | { readonly at: "stopped" }
    /** The application was asked for a token. */
    | { readonly at: "authorizing" }
    | { readonly at: "connecting"; readonly token: string }
    /** `hello` is sent, `welcome` is not here. */
    | { readonly at: "greeting" }
    | { readonly at: "online"; readonly since: number; readonly heardAt: number; readonly probe: Probe | undefined }
    /** `code`: with which the hub closed the last connection, if it did. */
    | { readonly at: "waiting"; readonly until: number; readonly code: number | undefined }
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
};

/** A `ping` that waits for any frame. */
export type Probe = { readonly answerBy: number };

export type Event =
  | { readonly on: "start" | "stop" | "retry" | "wake" | "timer" | "noToken" | "opened" }
  | { readonly on: "token"; readonly token: string }
  | { readonly on: "closed"; readonly code: number; readonly reason: string }
  | { readonly on: "frame"; readonly message: Down };

export type Effect =
  | { readonly do: "askToken"; readonly fresh: boolean }
  | { readonly do: "openSocket" }
  /** Closes the socket and hears nothing of it any more. */
  | { readonly do: "dropSocket" }
  | { readonly do: "transmit"; readonly message: Up }
  /** Sends every draft of the outbox. */
  | { readonly do: "flush" }
  /** One timer: replaces the one before; without `ms` there is none. */
  | { readonly do: "timer"; readonly ms?: number }
  | { readonly do: "show"; readonly snapshot: Snapshot }
  | { readonly do: "deliver"; readonly entries: readonly Entry[] }
  | { readonly do: "settle"; readonly reply: SentReply | Refused };

/** What a step may know beside its state. */
export type World = { readonly now: number; /** Uniform in [0, 1). */ readonly random: number };

export type Step = readonly [State, ...Effect[]];

export const initial: State = { at: "stopped", position: undefined, failures: 0, expired: false };

/** The connection's next state and what has to be done. Pure: same state, event and world, same step. */
export function step(state: State, event: Event, world: World): Step {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table's own type pairs each reaction with its state and event.
  const react = TABLE[state.at][event.on] as (state: State, event: Event, world: World) => Step;
  return react(state, event, world);
}

type At = State["at"];
type On = Event["on"];
type InState<A extends At> = Extract<State, { at: A }>;
type OfEvent<E extends On> = Extract<Event, { on: E }> extends never ? Event : Extract<Event, { on: E }>;
/** Total: a state without a reaction to an event does not compile. */
type Table = {
  readonly [A in At]: { readonly [E in On]: (state: InState<A>, event: OfEvent<E>, world: World) => Step };
};

const stay = (state: State): Step => [state];
const stop = (state: State): Step => [{ ...memory(state), at: "stopped", failures: 0 }, { do: "dropSocket" }, NO_TIMER];
const failed = (state: State, _event: unknown, world: World): Step => lost(state, world);

const TABLE: Table = {
  stopped: {
    start: authorize,
    stop: stay,
    retry: stay,
    wake: stay,
    timer: stay,
    token: stay,
    noToken: stay,
    opened: stay,
    closed: stay,
    frame: stay,
  },
  authorizing: {
    start: stay,
    stop,
    retry: stay,
    wake: stay,
    timer: failed,
    token: (state, { token }) => [
      { ...memory(state), at: "connecting", token },
      { do: "openSocket" },
      timer(CONNECT_MS),
    ],
    noToken: failed,
    opened: stay,
    closed: stay,
    frame: stay,
  },
  connecting: {
    start: stay,
    stop,
    retry: stay,
    wake: stay,
    timer: failed,
    token: stay,
    noToken: stay,
    opened: greet,
    closed,
    frame: stay,
  },
  greeting: {
    start: stay,
    stop,
    retry: stay,
    wake: stay,
    timer: failed,
    token: stay,
    noToken: stay,
    opened: stay,
    closed,
    frame: (state, { message }, world) => (message.type === "welcome" ? welcomed(state, message, world) : stay(state)),
  },
  online: {
    start: stay,
    stop,
    retry: stay,
    wake: (state, _event, { now }) => probe(state, now, WAKE_ANSWER_MS),
    timer: listen,
    token: stay,
    noToken: stay,
    opened: stay,
    closed,
    frame: heard,
  },
  waiting: {
    start: stay,
    stop,
    retry: authorize,
    wake: authorize,
    timer: authorize,
    token: stay,
    noToken: stay,
    opened: stay,
    closed: stay,
    frame: stay,
  },
  refused: {
    start: stay,
    stop,
    retry: (state) => authorize({ ...state, expired: true }),
    wake: stay,
    timer: stay,
    token: stay,
    noToken: stay,
    opened: stay,
    closed: stay,
    frame: stay,
  },
};

function memory({ position, failures, expired }: Memory): Memory {
  return { position, failures, expired };
}

function authorize(state: State): Step {
  return [{ ...memory(state), at: "authorizing" }, { do: "askToken", fresh: state.expired }, timer(TOKEN_MS)];
}

function greet(state: InState<"connecting">): Step {
  const { token, position } = state;
  const hello: Up = position === undefined ? { type: "hello", token } : { type: "hello", token, position };
  return [{ ...memory(state), at: "greeting" }, { do: "transmit", message: hello }, timer(CONNECT_MS)];
}

/** The cursor stands at the welcome's position: what is shown there replaces what was shown, or nothing has to. */
function welcomed(state: InState<"greeting">, welcome: Welcome, { now }: World): Step {
  const { position } = welcome;
  const online: State = {
    at: "online",
    since: now,
    heardAt: now,
    probe: undefined,
    position,
    failures: state.failures,
    expired: false,
  };
  const show: Effect[] = welcome.recovered ? [] : [{ do: "show", snapshot: welcome.snapshot }];
  return [online, ...show, ack(position), { do: "flush" }, timer(QUIET_MS)];
}

function heard(before: InState<"online">, { message }: OfEvent<"frame">, world: World): Step {
  const state = { ...before, heardAt: world.now, probe: undefined };
  switch (message.type) {
    case "entries":
      return received(state, message.entries, world);
    case "sent":
    case "refused":
      return [state, { do: "settle", reply: message }];
    case "pong":
    case "welcome":
      return [state];
    default:
      return message satisfies never;
  }
}

/** P9: delivers what is new, in order, and acknowledges it; over a gap it comes back and asks the log. */
function received(state: InState<"online">, entries: readonly Entry[], world: World): Step {
  const { position } = state;
  if (position === undefined) return lost(state, world);
  const fresh: Entry[] = [];
  for (const entry of entries) {
    const next = position.seq + fresh.length + 1;
    if (entry.seq > next) return lost(state, world);
    if (entry.seq === next) fresh.push(entry);
  }
  if (fresh.length === 0) return [state];
  const reached = { epoch: position.epoch, seq: position.seq + fresh.length };
  return [{ ...state, position: reached }, { do: "deliver", entries: fresh }, ack(reached)];
}

function ack({ seq }: Position): Effect {
  return { do: "transmit", message: { type: "ack", seq } };
}

/** Looks at the time stamps, not at the timer: a machine that slept has late timers and unread frames. */
function listen(state: InState<"online">, _event: unknown, world: World): Step {
  const { now } = world;
  const { probe: asked, heardAt } = state;
  if (asked !== undefined) {
    if (now < asked.answerBy) return [state, timer(asked.answerBy - now)];
    return now < asked.answerBy + LATE_MS ? lost(state, world) : probe(state, now, WAKE_ANSWER_MS);
  }
  const quiet = Math.max(0, now - heardAt); // A clock that was set back must not make the client patient.
  return quiet >= QUIET_MS ? probe(state, now, ANSWER_MS) : [state, timer(QUIET_MS - quiet)];
}

function probe(state: InState<"online">, now: number, answerWithin: number): Step {
  const asked = { answerBy: now + answerWithin };
  return [{ ...state, probe: asked }, { do: "transmit", message: { type: "ping" } }, timer(answerWithin)];
}

function closed(state: State, { code, reason }: OfEvent<"closed">, world: World): Step {
  if (!mayReturn(code)) return [{ ...memory(state), at: "refused", code, reason }, { do: "dropSocket" }, NO_TIMER];
  return lost({ ...state, expired: code === Close.tokenExpired.code }, world, code);
}

/** Drops what is left of the connection, and comes back after a while. */
function lost(state: State, { now, random }: World, code?: number): Step {
  const lasted = state.at === "online" && now - state.since >= LASTING_MS;
  const failures = lasted ? 1 : state.failures + 1;
  const wait = backoff(failures, random);
  return [{ ...memory(state), at: "waiting", failures, until: now + wait, code }, { do: "dropSocket" }, timer(wait)];
}

function timer(ms: number): Effect {
  return { do: "timer", ms };
}

const NO_TIMER: Effect = { do: "timer" };
/** How long the application may take to give a token. */
const TOKEN_MS = 10_000;
/** How long the socket may take to open, and the hub to answer `hello`. */
const CONNECT_MS = 5_000;
/** Silence after which the client asks whether the hub is there. */
const QUIET_MS = 30_000;
const ANSWER_MS = 8_000;
/** After a wake-up the question is asked at once, and the answer has to come at once. */
const WAKE_ANSWER_MS = 1_500;
/** A timer as late as this says that the machine slept, not that the hub is silent. */
const LATE_MS = 5_000;
/** A connection that lasted this long starts a new count of failures. */
const LASTING_MS = 10_000;
