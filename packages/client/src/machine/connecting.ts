import type { Up } from "@carillon/protocol";
import { type InState, memory, type OfEvent, type State, type Step, timer } from "./state.ts";

export function authorize(state: State): Step {
  const why = state.expired ? "replace" : "connect";
  return [{ ...memory(state), at: "authorizing" }, { do: "askToken", why }, timer(TOKEN_MS)];
}

export function dial(state: InState<"authorizing">, { token }: OfEvent<"token">): Step {
  return [{ ...memory(state), at: "connecting", token }, { do: "openSocket" }, timer(CONNECT_MS)];
}

export function greet(state: InState<"connecting">): Step {
  const { token, position } = state;
  const hello: Up = position === undefined ? { type: "hello", token } : { type: "hello", token, position };
  return [{ ...memory(state), at: "greeting" }, { do: "transmit", message: hello }, timer(CONNECT_MS)];
}

/** How long the application may take to give a token. */
const TOKEN_MS = 10_000;
/** How long the socket may take to open, and the hub to answer `hello`. */
const CONNECT_MS = 5_000;
