import type { Up } from "@carillon/protocol";
import { backToWebSocket } from "./choice.ts";
import { kept } from "./ending.ts";
import { type InState, memory, type OfEvent, type State, type Step, timer, type World } from "./state.ts";

export function authorize(state: State, _event: unknown, { now }: World): Step {
  const why = state.expired ? "replace" : "connect";
  return [{ ...memory(state), at: "authorizing", since: now }, { do: "askToken", why }, timer(TOKEN_MS)];
}

export function dial(state: InState<"authorizing">, { token }: OfEvent<"token">, { now }: World): Step {
  const { transport } = state.choice;
  return [
    { ...memory(state), at: "connecting", since: now, token },
    { do: "openSocket", transport },
    timer(CONNECT_MS),
  ];
}

/** The way back to WebSocket (P44): nothing is lost, the position comes along. */
export function switchOver(state: InState<"online">, _event: unknown, world: World): Step {
  if (state.choice.transport === "websocket") return [state];
  const [authorizing, ...effects] = authorize({ ...state, choice: backToWebSocket(state.choice) }, undefined, world);
  return [authorizing, { do: "dropSocket" }, ...effects];
}

export function greet(state: InState<"connecting">, _event: unknown, { now }: World): Step {
  const { token, position } = state;
  const hello: Up = position === undefined ? { type: "hello", token } : { type: "hello", token, position };
  return [{ ...memory(state), at: "greeting", since: now }, { do: "transmit", message: hello }, timer(CONNECT_MS)];
}

/** After a sleep: drops what is left of the connection, and begins another at once. What failed before says nothing of now. */
export function redial(state: State, world: World): Step {
  const [authorizing, ...effects] = authorize({ ...state, ...kept(state, world), failures: 0 }, undefined, world);
  return [authorizing, { do: "dropSocket" }, ...effects];
}

/** A wake-up begins anew what should have been over `ms` after it began: the machine slept meanwhile, and its timer is late. */
export function redialAfter(ms: number) {
  return (state: InState<"authorizing" | "connecting" | "greeting">, _event: unknown, world: World): Step =>
    world.now - state.since >= ms ? redial(state, world) : [state];
}

/** How long the application may take to give a token. */
export const TOKEN_MS = 10_000;
/** How long the socket may take to open, and the hub to answer `hello`. */
export const CONNECT_MS = 5_000;
