import { lost } from "./ending.ts";
import { type InState, type Step, timer, type World } from "./state.ts";

/** P19: looks at the time stamps, not at the timer: a machine that slept has late timers and unread frames. */
export function listen(state: InState<"online">, _event: unknown, world: World): Step {
  const { now } = world;
  const { probe: asked, heardAt } = state;
  if (asked !== undefined) {
    if (now < asked.answerBy) return [state, timer(asked.answerBy - now)];
    return now < asked.answerBy + LATE_MS ? lost(state, world) : probe(state, now, WAKE_ANSWER_MS);
  }
  const quiet = Math.max(0, now - heardAt); // A clock that was set back must not make the client patient.
  return quiet >= QUIET_MS ? probe(state, now, ANSWER_MS) : [state, timer(QUIET_MS - quiet)];
}

/** After a wake-up the question is asked at once, and the answer has to come at once. */
export function wake(state: InState<"online">, _event: unknown, { now }: World): Step {
  return probe(state, now, WAKE_ANSWER_MS);
}

function probe(state: InState<"online">, now: number, answerWithin: number): Step {
  const asked = { answerBy: now + answerWithin };
  return [{ ...state, probe: asked }, { do: "transmit", message: { type: "ping" } }, timer(answerWithin)];
}

/** Silence after which the client asks whether the hub is there. */
export const QUIET_MS = 30_000;
const ANSWER_MS = 8_000;
const WAKE_ANSWER_MS = 1_500;
/** A timer as late as this says that the machine slept, not that the hub is silent. */
const LATE_MS = 5_000;
