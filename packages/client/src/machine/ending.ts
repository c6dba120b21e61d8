import { Close, mayReturn } from "@carillon/protocol";
import { backoff } from "../backoff.ts";
import { afterBreak, afterParting, type Life } from "./choice.ts";
import { type Memory, memory, NO_TIMER, type OfEvent, type State, type Step, timer, type World } from "./state.ts";

export function stop(state: State, _event: unknown, world: World): Step {
  return [{ ...kept(state, world), at: "stopped", failures: 0 }, { do: "dropSocket" }, NO_TIMER];
}

export function closed(state: State, { code, reason }: OfEvent<"closed">, world: World): Step {
  if (!mayReturn(code)) return [{ ...memory(state), at: "refused", code, reason }, { do: "dropSocket" }, NO_TIMER];
  return lost({ ...state, expired: code === Close.tokenExpired.code }, world, code);
}

/** Drops what is left of the connection, and comes back after a while. */
export function lost(state: State, { now, random }: World, code?: number): Step {
  const life = lifeOf(state, now);
  const failures = life === "lasting" ? 1 : state.failures + 1;
  const wait = backoff(failures, random);
  const choice = isBroken(state, code) ? afterBreak(state.choice, life, now) : afterParting(state.choice, life);
  const waiting: State = { ...memory(state), at: "waiting", failures, choice, until: now + wait, code };
  return [waiting, { do: "dropSocket" }, timer(wait)];
}

/** What outlives a connection that is given up now, though it may work. */
export function kept(state: State, { now }: World): Memory {
  return { ...memory(state), choice: afterParting(state.choice, lifeOf(state, now)) };
}

function lifeOf(state: State, now: number): Life {
  if (state.at !== "online") return "none";
  return now - state.since >= LASTING_MS ? "lasting" : "short";
}

/** Whether there was a connection, and nobody ended it: a code of the hub's own shows that its frames come through. */
function isBroken({ at }: State, code: number | undefined): boolean {
  return at !== "authorizing" && (code === undefined || code < 4000);
}

/** A connection that lasted this long starts a new count of failures. */
const LASTING_MS = 10_000;
