import { authorize } from "./connecting.ts";
import { kept } from "./ending.ts";
import { type State, type Step, timer, type World } from "./state.ts";

/** P48: a page that is put away holds no socket: some browsers keep none that does, and a frozen one would not read. */
export function putAway(state: State, _event: unknown, world: World): Step {
  return [{ ...kept(state, world), at: "resting" }, { do: "dropSocket" }, timer(REST_MS)];
}

/** Ends a rest or a wait. What failed before says nothing of the network that the page woke up in. */
export function wakeUp(state: State, _event: unknown, world: World): Step {
  return authorize({ ...state, failures: 0 }, undefined, world);
}

/** Timers stand still while a page is put away; should one go on living instead, it comes back by itself. */
const REST_MS = 30_000;
