import { isTrialDue, onTrial } from "./choice.ts";
import { redial } from "./connecting.ts";
import { lost } from "./ending.ts";
import { type InState, type Probe, type Step, timer, type World } from "./state.ts";

/** P44: when the timer comes is as good a moment for a trial as any; there is one at least every 30 s. */
export function listen(state: InState<"online">, _event: unknown, world: World): Step {
  if (!isTrialDue(state.choice, world.now)) return attend(state, world);
  const [attended, ...effects] = attend({ ...state, choice: onTrial(state.choice, world.now) }, world);
  return [attended, { do: "tryWebSocket" }, ...effects];
}

/** P19: looks at the time stamps, not at the timer: a machine that slept has late timers and unread frames. */
function attend(state: InState<"online">, world: World): Step {
  const { now } = world;
  const { probe: asked, heardAt } = state;
  if (asked !== undefined) return judge(state, asked, world);
  const quiet = Math.max(0, now - heardAt); // A clock that was set back must not make the client patient.
  return quiet >= QUIET_MS ? probe(state, now, "silence") : [state, timer(QUIET_MS - quiet)];
}

/** After a wake-up the question is asked at once, and the answer has to come at once. */
export function wake(state: InState<"online">, _event: unknown, { now }: World): Step {
  const answerBy = state.probe?.answerBy ?? Infinity;
  // Several signs of one wake-up are one question: asking again would put the verdict off.
  if (now < answerBy && answerBy <= now + ANSWER_MS.wake) return [state];
  return probe({ ...state, failures: 0 }, now, "wake"); // Should the hub have hung up meanwhile, the wait is short.
}

function judge(state: InState<"online">, { answerBy, because }: Probe, world: World): Step {
  const { now } = world;
  if (now < answerBy) return [state, timer(answerBy - now)];
  // Once only: in a hidden tab, where timers fire once a minute, every one of them is late.
  if (now >= answerBy + LATE_MS && because !== "lateness") return probe(state, now, "lateness");
  return because === "silence" ? lost(state, world) : redial(state, world);
}

function probe(state: InState<"online">, now: number, because: Probe["because"]): Step {
  const asked: Probe = { answerBy: now + ANSWER_MS[because], because };
  return [{ ...state, probe: asked }, { do: "transmit", message: { type: "ping" } }, timer(ANSWER_MS[because])];
}

/** Silence after which the client asks whether the hub is there. */
export const QUIET_MS = 30_000;
/** How long the answer may take. Somebody waits who has just come back: a needless new connection costs less than their patience. */
const ANSWER_MS = { silence: 8_000, wake: 1_000, lateness: 1_000 } as const satisfies Record<Probe["because"], number>;
/** A timer as late as this says that the machine slept, not that the hub is silent. */
const LATE_MS = 5_000;
