/** How the frames travel: on a WebSocket, or down on a stream of events and up by POST. */
export type Transport = "websocket" | "stream";

/** Which transport the next connection takes, and what is known of WebSockets on this network (P44). Times: ms since 1970. */
export type Choice =
  /** `failed`: WebSockets in a row that did not last. */
  | { readonly transport: "websocket"; readonly failed: number; readonly setbacks: number }
  /** `tryAt`: when WebSocket is tried again; `setbacks`: how often that came to nothing. */
  | { readonly transport: "stream"; readonly tryAt: number; readonly setbacks: number };

export const firstChoice = { transport: "websocket", failed: 0, setbacks: 0 } as const satisfies Choice;

/** A connection broke, and it was not the hub who ended it. `lasted`: it was a good one while it was there. */
export function afterBreak(choice: Choice, lasted: boolean, now: number): Choice {
  if (choice.transport === "stream") return lasted ? choice : { ...firstChoice, setbacks: choice.setbacks };
  if (lasted) return firstChoice;
  const { failed, setbacks } = choice;
  if (failed + 1 < (setbacks === 0 ? FAILURES : 1)) return { ...choice, failed: failed + 1 };
  return { transport: "stream", tryAt: now + patience(setbacks), setbacks };
}

/** Whether it is time to see if WebSockets open here by now; a clock that was set back does not postpone it. */
export function isTrialDue(choice: Choice, now: number): boolean {
  return choice.transport === "stream" && (now >= choice.tryAt || choice.tryAt - now > LONGEST_MS);
}

/** A trial begins: of one that comes to nothing, nothing is heard. */
export function onTrial({ setbacks }: Choice, now: number): Choice {
  return { transport: "stream", tryAt: now + patience(setbacks + 1), setbacks: setbacks + 1 };
}

/** WebSockets open here: one that does not last leads straight back, and the next trial comes later. */
export function afterTrial({ setbacks }: Choice): Choice {
  return { ...firstChoice, setbacks };
}

/** The first trial comes soon: perhaps the hub was away, and not the WebSockets. */
function patience(setbacks: number): number {
  return setbacks === 0 ? DOUBT_MS : Math.min(LONGEST_MS, TRIAL_MS * 2 ** Math.min(setbacks - 1, 30));
}

const FAILURES = 2;
const DOUBT_MS = 10_000;
const TRIAL_MS = 300_000;
const LONGEST_MS = 3_600_000;
