import type { Down } from "@carillon/protocol";
import fc from "fast-check";
import type { Event, State } from "../machine/state.ts";
import { events, notification, POSITION } from "./states.ts";

/** What happens next, told without knowing the state: `on` is the event that moves the state forward, a frame is made for its position. */
export type Incident =
  | { readonly kind: "on" | "timer" }
  | { readonly kind: "event"; readonly event: Event }
  | { readonly kind: "closed"; readonly code: number }
  | { readonly kind: "welcome"; readonly recovered: boolean; readonly ahead: number; readonly sameEpoch: boolean }
  | { readonly kind: "entries"; readonly offsets: readonly number[] };

const incidents: fc.Arbitrary<Incident> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Incident>({ kind: "on" }) },
  { weight: 2, arbitrary: fc.constant<Incident>({ kind: "timer" }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...Object.values(events)).map((event): Incident => ({ kind: "event", event })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(1000, 1006, 1009, 4000, 4001, 4500, 4502)
      .map((code): Incident => ({ kind: "closed", code })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("welcome" as const),
      recovered: fc.boolean(),
      ahead: fc.nat(1_500),
      sameEpoch: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Incident>({ kind: "event", event: { on: "frame", message: { type: "unacked" } } }),
  },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.integer({ min: -3, max: 4 }), { maxLength: 5 })
      .map((offsets): Incident => ({ kind: "entries", offsets })),
  },
  {
    weight: 3,
    arbitrary: fc
      .nat(4)
      .map((length): Incident => ({ kind: "entries", offsets: Array.from({ length }, (_, i) => i + 1) })),
  },
);
/** Incidents with the pauses between them and their dice. */
export const script = fc.array(
  fc.record({
    incident: incidents,
    pause: fc.constantFrom(0, 1, 400, 1_500, 8_000, 30_000, 3_600_000),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  }),
  { maxLength: 60, size: "max" },
);

/** The event that this incident is to a client in this state. */
export function eventOf(incident: Incident, state: State): Event {
  switch (incident.kind) {
    case "on":
      return forward(state);
    case "timer":
      return { on: "timer" };
    case "event":
      return welcomesInVain(incident.event, state) ? welcome(state, true, 0, true) : incident.event;
    case "closed":
      return { on: "closed", code: incident.code, reason: "" };
    case "welcome":
      return welcome(state, incident.recovered, incident.ahead, incident.sameEpoch);
    case "entries":
      return entries(incident.offsets.map((offset) => Math.max(1, (state.position?.seq ?? 0) + offset)));
    default:
      return incident satisfies never;
  }
}

function forward(state: State): Event {
  const next = {
    stopped: events.start,
    authorizing: events.token,
    connecting: events.opened,
    greeting: welcome(state, true, 0, true),
    online: entries([(state.position?.seq ?? 0) + 1]),
    waiting: events.timer,
    resting: events.wake,
    refused: events.retry,
  };
  return next[state.at];
}

function entries(seqs: readonly number[]): Event {
  return { on: "frame", message: { type: "entries", entries: seqs.map((seq) => notification(seq)) } };
}

/** The sample's position is not this client's: a hub never says it. */
function welcomesInVain(event: Event, state: State): boolean {
  return event.on === "frame" && state.at === "greeting";
}

/** What an honest hub may say to a client with this position (P8). */
function welcome({ position }: State, recovered: boolean, ahead: number, sameEpoch: boolean): Event {
  const expiresIn = 600_000;
  const counts = { unseen: 0, unread: 0, asOf: 0 };
  const words = {
    type: "welcome",
    uid: "101",
    session: "s",
    wasRecovering: position !== undefined,
    counts,
    expiresIn,
  } as const;
  if (position !== undefined && recovered)
    return frame({ ...words, recovered: true, position, head: position.seq + ahead });
  const epoch = position?.epoch ?? POSITION.epoch;
  const seq = sameEpoch ? (position?.seq ?? 0) + ahead : ahead;
  const at = { epoch: sameEpoch ? epoch : `${epoch}'`.slice(-20), seq };
  return frame({
    ...words,
    recovered: false,
    position: at,
    head: seq,
    snapshot: { notifications: [], sent: [], acked: seq, mutes: [] },
  });
}

function frame(message: Down): Event {
  return { on: "frame", message };
}
