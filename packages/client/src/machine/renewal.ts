import { listen, QUIET_MS } from "./liveness.ts";
import { type Effect, type InState, type Lease, type OfEvent, type Step, timer, type World } from "./state.ts";

/** The hub holds the connection for `expiresIn` milliseconds. Towards their end, not all clients at once, a newer token is wanted. */
export function leaseOf(expiresIn: number, { now, random }: World): Lease {
  const share = EARLIEST + (LATEST - EARLIEST) * random;
  return { endsAt: now + expiresIn, renewAt: now + expiresIn * share };
}

/** The timer of a connection that was just heard: what falls due first, silence or the renewal. */
export function rest(lease: Lease, world: World): Effect {
  return soonEnough(timer(QUIET_MS), lease, world);
}

/** The timer fired: looks whether the hub is there and, if it is time, asks the application for a newer token (P17). */
export function tick(state: InState<"online">, event: unknown, world: World): Step {
  const [next, ...effects] = listen(state, event, world);
  if (next.at !== "online") return [next, ...effects];
  const isDue = world.now >= next.lease.renewAt;
  const lease = isDue ? postponed(next.lease, world) : next.lease;
  const timed = effects.map((effect) => soonEnough(effect, lease, world));
  return isDue ? [{ ...next, lease }, ...timed, { do: "askToken", why: "renew" }] : [next, ...timed];
}

/** The application gave one. Should the hub refuse it, another is asked for while there is time. */
export function renew(state: InState<"online">, { token }: OfEvent<"token">): Step {
  return [state, { do: "transmit", message: { type: "renew", id: RENEWAL, token } }];
}

/** Without an answer, or with a refusal, half of what is left may pass. */
function postponed({ endsAt }: Lease, { now }: World): Lease {
  return { endsAt, renewAt: now + Math.max(LEAST_MS, (endsAt - now) / 2) };
}

function soonEnough(effect: Effect, { renewAt }: Lease, { now }: World): Effect {
  return effect.do === "timer" && effect.ms !== undefined
    ? timer(Math.max(0, Math.min(effect.ms, renewAt - now)))
    : effect;
}

/** Names the one renewal that a connection has at a time; no other request has this id. */
const RENEWAL = "renew";
/** Shares of the time for which a token holds. */
const EARLIEST = 0.7;
const LATEST = 0.9;
/** Milliseconds between two attempts. */
const LEAST_MS = 5_000;
