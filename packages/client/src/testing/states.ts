import type { Counts, Entry, Notification, Position, Sent } from "@carillon/protocol";
import { firstChoice } from "../machine/choice.ts";
import type { Effect, Event, Lease, Memory, State, Step, World } from "../machine/state.ts";

type At = State["at"];
type On = Event["on"];
export type InState<A extends At> = Extract<State, { at: A }>;

/** When the samples stand, in milliseconds since 1970. */
export const NOW = 1_795_385_798_000;
export const POSITION: Position = { epoch: "V1StGXR8", seq: 41 };

export const COUNTS: Counts = { unseen: 1, unread: 2, asOf: 41 };

/** The token holds for an hour. */
export const LEASE: Lease = { endsAt: NOW + 3_600_000, renewAt: NOW + 2_880_000 };

const memory: Memory = { position: POSITION, failures: 2, expired: false, choice: firstChoice };

/** One state of each kind. */
export const states: { readonly [A in At]: InState<A> } = {
  stopped: { ...memory, at: "stopped" },
  authorizing: { ...memory, at: "authorizing", since: NOW },
  connecting: { ...memory, at: "connecting", since: NOW, token: "t1" },
  greeting: { ...memory, at: "greeting", since: NOW },
  online: { ...memory, at: "online", since: NOW, heardAt: NOW, probe: undefined, lease: LEASE },
  waiting: { ...memory, at: "waiting", until: NOW + 500, code: undefined },
  resting: { ...memory, at: "resting" },
  refused: { ...memory, at: "refused", code: 4501, reason: "token refused" },
};

/** One event of each kind. */
export const events: { readonly [E in On]: Event } = {
  start: { on: "start" },
  stop: { on: "stop" },
  retry: { on: "retry" },
  wake: { on: "wake" },
  rest: { on: "rest" },
  timer: { on: "timer" },
  token: { on: "token", token: "t2" },
  noToken: { on: "noToken" },
  opened: { on: "opened" },
  webSocketOpens: { on: "webSocketOpens" },
  closed: { on: "closed", code: 1006, reason: "" },
  frame: {
    on: "frame",
    message: {
      type: "welcome",
      uid: "101",
      session: "s",
      wasRecovering: true,
      recovered: true,
      position: POSITION,
      head: 41,
      counts: COUNTS,
      expiresIn: 3_600_000,
    },
  },
};

/** The world `ms` after NOW; the dice say the middle unless told otherwise. */
export function later(ms: number, random = 0.5): World {
  return { now: NOW + ms, random };
}

export function effectsOf<D extends Effect["do"]>(
  [, ...effects]: Step,
  kind: D,
): readonly Extract<Effect, { do: D }>[] {
  return effects.filter((effect): effect is Extract<Effect, { do: D }> => effect.do === kind);
}

export function notification(seq: number, text = `text ${seq}`): Notification {
  return { kind: "notification", seq, id: `id-${seq}`, from: "100", text, at: NOW + seq };
}

export function sent(seq: number, id = `draft-${seq}`, text = `text ${seq}`): Sent {
  return { kind: "sent", seq, id, to: "101", text, at: NOW + seq, state: "stored" };
}

export function frameOf(...entries: readonly Entry[]): Event {
  return { on: "frame", message: { type: "entries", entries: [...entries] } };
}
