import type { Status } from "./api.ts";
import type { State } from "./machine/state.ts";

/** How the connection stands, in a page's terms. */
export function statusOf(state: State): Status {
  switch (state.at) {
    case "authorizing":
    case "connecting":
    case "greeting":
    case "resting":
      return { at: "connecting" };
    case "waiting":
      return { at: "waiting", until: state.until, code: state.code };
    case "refused":
      return { at: "refused", code: state.code, reason: state.reason };
    case "online":
      return { at: "online", transport: state.choice.transport };
    case "stopped":
      return { at: "stopped" };
    default:
      return state satisfies never;
  }
}
