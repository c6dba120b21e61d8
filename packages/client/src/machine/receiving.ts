import type { Entries, Entry, Position, Welcome } from "@carillon/protocol";
import { lost } from "./ending.ts";
import { leaseOf, rest } from "./renewal.ts";
import type { Effect, InState, OfEvent, State, Step, World } from "./state.ts";

/** The cursor stands at the welcome's position: what is shown there replaces what was shown, or nothing has to. */
export function welcomed(state: InState<"greeting">, { message }: OfEvent<"frame">, world: World): Step {
  if (message.type !== "welcome") return [state];
  const { now } = world;
  const { position, head } = message;
  const lease = leaseOf(message.expiresIn, world);
  const online: State = {
    at: "online",
    since: now,
    heardAt: now,
    probe: undefined,
    lease,
    position,
    failures: state.failures,
    expired: false,
    choice: state.choice,
  };
  return [online, { do: "catchUp", upTo: head }, shown(message), ack(position), { do: "flush" }, rest(lease, world)];
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
    case "unacked":
      return state.position === undefined ? [state] : [state, ack(state.position)];
    case "sent":
    case "done":
    case "refused":
    case "page":
      return [state, { do: "settle", reply: message }];
    case "renewed": {
      const lease = leaseOf(message.expiresIn, world);
      return [{ ...state, lease }, rest(lease, world)];
    }
    case "presence":
      return [state, { do: "tellPresence", users: message.users }];
    case "pong":
    case "welcome":
      return [state];
    default:
      return message satisfies never;
  }
}

/**
 * P9: delivers what is new, in order, and acknowledges notifications (P14) unless another connection does (P57); over a gap it comes
 * back and asks the log.
 */
function received(state: InState<"online">, { entries, counts, ack: isAsked }: Entries, world: World): Step {
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
  const answers = isAsked !== false && fresh.some(({ kind }) => kind === "notification");
  const delivered: Effect = { do: "deliver", entries: fresh, counts };
  return [{ ...state, position: reached }, delivered, ...(answers ? [ack(reached)] : [])];
}

function ack({ seq }: Position): Effect {
  return { do: "transmit", message: { type: "ack", seq } };
}
