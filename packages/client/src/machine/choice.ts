/** How the frames travel: on a WebSocket, or down on a stream of events and up by POST. */
export type Transport = "websocket" | "stream";

/** Which transport the next connection takes, and what is known of WebSockets on this network (P44). Times: ms since 1970. */
export type Choice = {
  /** How often WebSocket was tried again and came to nothing. */
  readonly setbacks: number;
  /** A WebSocket lasted, and no stream was welcomed since: when none opens, the hub is away sooner than WebSockets are broken. */
  readonly isProven: boolean;
} & (
  | {
      readonly transport: "websocket";
      /** WebSockets in a row that did not last. */
      readonly failed: number;
    }
  | {
      readonly transport: "stream";
      /** When WebSocket is tried again. */
      readonly tryAt: number;
    }
);

export const firstChoice = {
  transport: "websocket",
  failed: 0,
  setbacks: 0,
  isProven: false,
} as const satisfies Choice;

/** How long a connection was there before it broke: it was never welcomed, it was but not for long, it lasted. */
export type Life = "none" | "short" | "lasting";

/** A connection broke, and it was not the hub who ended it. */
export function afterBreak(choice: Choice, life: Life, now: number): Choice {
  if (choice.transport === "stream") return afterStream(choice, life, now);
  if (life === "lasting") return PROVEN;
  const { failed, setbacks, isProven } = choice;
  if (failed + 1 < failuresOf(choice)) return { ...choice, failed: failed + 1 };
  return { transport: "stream", tryAt: now + patience(setbacks), setbacks, isProven };
}

/** The hub ended a connection, or it is given up though it may work: neither is a failure. */
export function afterParting(choice: Choice, life: Life): Choice {
  return choice.transport === "websocket" && life === "lasting" ? PROVEN : choice;
}

const PROVEN: Choice = { ...firstChoice, isProven: true };

/** WebSockets in a row that have to fail before a stream is tried. */
function failuresOf({ setbacks, isProven }: Choice): number {
  if (isProven) return FAILURES.proven;
  return setbacks === 0 ? FAILURES.unknown : FAILURES.setBack;
}

/** A stream that was welcomed works here; one that was not says that nothing does, and the question is open again. */
function afterStream(choice: Choice, life: Life, now: number): Choice {
  if (life === "none") return backToWebSocket(choice);
  return isTrialDue(choice, now) ? backToWebSocket(onTrial(choice, now)) : { ...choice, isProven: false };
}

/** Whether it is time to see if WebSockets open here by now; a clock that was set back does not postpone it. */
export function isTrialDue(choice: Choice, now: number): boolean {
  return choice.transport === "stream" && (now >= choice.tryAt || choice.tryAt - now > LONGEST_MS);
}

/** A trial begins: of one that comes to nothing, nothing is heard. */
export function onTrial({ setbacks }: Choice, now: number): Choice {
  return { transport: "stream", tryAt: now + patience(setbacks + 1), setbacks: setbacks + 1, isProven: false };
}

/** Where there were setbacks, one WebSocket that does not last leads straight to the stream again. */
export function backToWebSocket({ setbacks, isProven }: Choice): Choice {
  return { ...firstChoice, setbacks, isProven };
}

/** The first trial comes soon: perhaps the hub was away, and not the WebSockets. */
function patience(setbacks: number): number {
  return setbacks === 0 ? DOUBT_MS : Math.min(LONGEST_MS, TRIAL_MS * 2 ** Math.min(setbacks - 1, 30));
}

/** With proof, what a hub needs to restart may pass: six attempts take about ten seconds. */
const FAILURES = { proven: 6, unknown: 2, setBack: 1 } as const;
const DOUBT_MS = 10_000;
const TRIAL_MS = 300_000;
const LONGEST_MS = 3_600_000;
