/** How the frames travel: on a WebSocket, or down on a stream of events and up by POST. */
export type Transport = "websocket" | "stream";

/** Which transport the next connection takes, and what is known of WebSockets on this network (P44). Times: ms since 1970. */
export type Choice =
  /** `failed`: WebSockets in a row that did not last. */
  | { readonly transport: "websocket"; readonly failed: number; readonly setbacks: number }
  /** `tryAt`: when WebSocket is tried again; `setbacks`: how often that came to nothing. */
  | { readonly transport: "stream"; readonly tryAt: number; readonly setbacks: number };

export const firstChoice = { transport: "websocket", failed: 0, setbacks: 0 } as const satisfies Choice;

/** How long a connection was there before it broke: it was never welcomed, it was but not for long, it lasted. */
export type Life = "none" | "short" | "lasting";

/** A connection broke, and it was not the hub who ended it. */
export function afterBreak(choice: Choice, life: Life, now: number): Choice {
  if (choice.transport === "stream") return afterStream(choice, life, now);
  if (life === "lasting") return firstChoice;
  const { failed, setbacks } = choice;
  if (failed + 1 < (setbacks === 0 ? FAILURES : 1)) return { ...choice, failed: failed + 1 };
  return { transport: "stream", tryAt: now + patience(setbacks), setbacks };
}

/** A stream that was welcomed works here; one that was not says that nothing does, and the question is open again. */
function afterStream(choice: Choice, life: Life, now: number): Choice {
  if (life === "none") return backToWebSocket(choice);
  return isTrialDue(choice, now) ? backToWebSocket(onTrial(choice, now)) : choice;
}

/** Whether it is time to see if WebSockets open here by now; a clock that was set back does not postpone it. */
export function isTrialDue(choice: Choice, now: number): boolean {
  return choice.transport === "stream" && (now >= choice.tryAt || choice.tryAt - now > LONGEST_MS);
}

/** A trial begins: of one that comes to nothing, nothing is heard. */
export function onTrial({ setbacks }: Choice, now: number): Choice {
  return { transport: "stream", tryAt: now + patience(setbacks + 1), setbacks: setbacks + 1 };
}

/** Where there were setbacks, one WebSocket that does not last leads straight to the stream again. */
export function backToWebSocket({ setbacks }: Choice): Choice {
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
