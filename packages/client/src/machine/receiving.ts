import type { Entries, Entry, Position, Welcome } from "@carillon/protocol";
import { lost } from "./ending.ts";
import { QUIET_MS } from "./liveness.ts";
import { type Effect, type InState, type OfEvent, type State, type Step, timer, type World } from "./state.ts";

/** The cursor stands at the welcome's position: what is shown there replaces what was shown, or nothing has to. */
export function welcomed(state: InState<"greeting">, { message }: OfEvent<"frame">, { now }: World): Step {
  if (message.type !== "welcome") return [state];
  const { position } = message;
  const online: State = {
    at: "online",
    since: now,
    heardAt: now,
    probe: undefined,
    position,
    failures: state.failures,
    expired: false,
  };
  return [online, shown(message), ack(position), { do: "flush" }, timer(QUIET_MS)];
}

function shown(welcome: Welcome): Effect {
  const { uid, counts } = welcome;
  if (welcome.recovered) return { do: "deliver", entries: [], counts };
  return { do: "show", uid, snapshot: welcome.snapshot, counts };
}

export function heard(before: InState<"online">, { message }: OfEvent<"frame">, world: World): Step {
  const state = { ...before, heardAt: world.now, probe: undefined };
  switch (message.type) {
    case "entries":
      return received(state, message, world);
    case "sent":
    case "done":
    case "refused":
    case "page":
      return [state, { do: "settle", reply: message }];
    case "pong":
    case "welcome":
      return [state];
    default:
      return message satisfies never;
  }
}

/** P9: delivers what is new, in order, and acknowledges it; over a gap it comes back and asks the log. */
function received(state: InState<"online">, { entries, counts }: Entries, world: World): Step {
  const { position } = state;
  if (position === undefined) return lost(state, world);
  const fresh: Entry[] = [];
  for (const entry of entries) {
    const next = position.seq + fresh.length + 1;
    if (entry.seq > next) return lost(state, world);
    if (entry.seq === next) fresh.push(entry);
  }
  if (fresh.length === 0) return counts === undefined ? [state] : [state, { do: "deliver", entries: [], counts }];
  const reached = { epoch: position.epoch, seq: position.seq + fresh.length };
  return [{ ...state, position: reached }, { do: "deliver", entries: fresh, counts }, ack(reached)];
}

function ack({ seq }: Position): Effect {
  return { do: "transmit", message: { type: "ack", seq } };
}
