import { Close } from "@carillon/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterBreak, backToWebSocket, type Choice, firstChoice, isTrialDue, type Life, onTrial } from "./choice.ts";
import { step } from "./machine.ts";
import type { Event, State } from "./state.ts";
import { effectsOf, events, later, NOW, states } from "../testing/states.ts";

const MINUTE = 60_000;
const failedOnce: Choice = { ...firstChoice, failed: 1 };
const proven: Choice = { ...firstChoice, isProven: true };
const provenOnce: Choice = { ...proven, failed: 1 };
const doubtful: Choice = { transport: "stream", tryAt: NOW + 10_000, setbacks: 0, isProven: false };
const outlasted: Choice = { ...doubtful, isProven: true };
const settled: Choice = { transport: "stream", tryAt: NOW + 5 * MINUTE, setbacks: 1, isProven: false };
const returned: Choice = { ...firstChoice, setbacks: 1 };

/** One choice of each kind, and what each thing that can happen makes of it. Total: a missing pair does not compile. */
type Kind = "first" | "failedOnce" | "proven" | "doubtful" | "outlasted" | "settled" | "returned";
type Incident = Life | "late" | "trial" | "opens";

const choices: { readonly [K in Kind]: Choice } = {
  first: firstChoice,
  failedOnce,
  proven,
  doubtful,
  outlasted,
  settled,
  returned,
};

const incidents: { readonly [I in Incident]: (choice: Choice) => Choice } = {
  none: (choice) => afterBreak(choice, "none", NOW),
  short: (choice) => afterBreak(choice, "short", NOW),
  lasting: (choice) => afterBreak(choice, "lasting", NOW),
  late: (choice) => afterBreak(choice, "lasting", NOW + 60 * MINUTE),
  trial: (choice) => onTrial(choice, NOW),
  opens: backToWebSocket,
};

const TABLE: { readonly [K in Kind]: { readonly [I in Exclude<Incident, "trial" | "opens">]: Choice } } = {
  first: { none: failedOnce, short: failedOnce, lasting: proven, late: proven },
  failedOnce: { none: doubtful, short: doubtful, lasting: proven, late: proven },
  proven: { none: provenOnce, short: provenOnce, lasting: proven, late: proven },
  outlasted: { none: proven, short: doubtful, lasting: doubtful, late: returned },
  doubtful: { none: firstChoice, short: doubtful, lasting: doubtful, late: returned },
  settled: { none: returned, short: settled, lasting: settled, late: { ...firstChoice, setbacks: 2 } },
  returned: { none: settled, short: settled, lasting: proven, late: proven },
};

const TRIALS: { readonly [K in "doubtful" | "settled"]: { readonly [I in "trial" | "opens"]: Choice } } = {
  doubtful: { trial: settled, opens: firstChoice },
  settled: { trial: { transport: "stream", tryAt: NOW + 10 * MINUTE, setbacks: 2, isProven: false }, opens: returned },
};

describe.each(Object.entries(choices))("%s", (kind, choice) => {
  test.each(Object.entries({ ...TABLE[kind as Kind], ...TRIALS[kind as "settled"] }))("[P44] %s", (incident, next) => {
    expect(incidents[incident as Incident](choice)).toEqual(next);
  });
});

test("[P44] trials come ever more rarely, up to once an hour", () => {
  const waits: number[] = [];
  let choice: Choice = doubtful;
  for (let n = 0; n < 7; n++) {
    choice = onTrial(choice, NOW);
    if (choice.transport === "stream") waits.push((choice.tryAt - NOW) / MINUTE);
  }
  expect(waits).toEqual([5, 10, 20, 40, 60, 60, 60]);
});

test("[P44] a trial is due at its time, and not put off by a clock that was set back", () => {
  expect([NOW + 9_999, NOW + 10_000].map((now) => isTrialDue(doubtful, now))).toEqual([false, true]);
  expect(isTrialDue(doubtful, NOW - 24 * 60 * MINUTE)).toBe(true);
  expect(isTrialDue(firstChoice, NOW)).toBe(false);
});

describe("the machine", () => {
  const cut: Event = { on: "closed", code: 1006, reason: "" };
  const open = [states.connecting, states.greeting, states.online];
  const next = (state: State, event: Event, ms: number) => step(state, event, later(ms));

  test.each(open)("[P44] a cut while $at is one failure, a second in a row leads to the stream", (state) => {
    const [once] = next(state, cut, 100);
    expect(once.choice).toEqual({ ...firstChoice, failed: 1 });
    const [twice] = next({ ...state, choice: once.choice }, cut, 0);
    expect(twice.choice).toEqual(doubtful);
    const [authorizing] = next(twice, events.timer, 500);
    expect(effectsOf(next(authorizing, events.token, 500), "openSocket")).toEqual([
      { do: "openSocket", transport: "stream" },
    ]);
  });

  test.each([states.connecting, states.greeting])("[P44] so is no answer in time while $at", (state) => {
    expect(next(state, events.timer, 5_000)[0].choice).toEqual({ ...firstChoice, failed: 1 });
  });

  test("[P44] a WebSocket that lasted is none, nor is one that the hub itself closed", () => {
    expect(next(states.online, cut, 10_000)[0].choice).toEqual(proven);
    for (const { code, reason } of [Close.restarting, Close.tokenExpired, Close.unavailable])
      expect(next(states.greeting, { on: "closed", code, reason }, 0)[0].choice).toEqual(firstChoice);
  });

  test.each([cut, { on: "closed", ...Close.restarting } as const])(
    "[P44] where a WebSocket has lasted, a hub that is away is asked five times more before a stream is: %j",
    (end) => {
      let [state] = next(states.online, end, 10_000);
      const asked: string[] = [];
      for (let n = 0; n < 14; n++) {
        asked.push(state.choice.transport);
        [state] = next({ ...states.connecting, choice: state.choice }, cut, 20_000);
      }
      const round = [...Array.from({ length: 6 }, () => "websocket"), "stream"];
      expect(asked).toEqual([...round, ...round]);
    },
  );

  test("[P44] a WebSocket that lasted is remembered over a sleep, a rest and a stop", () => {
    for (const event of [events.stop, events.rest])
      expect(next(states.online, event, 20_000)[0].choice).toEqual(proven);
    const slept = { ...states.online, probe: { answerBy: NOW + 20_000, because: "wake" } } as const;
    expect(next(slept, events.timer, 20_000)[0].choice).toEqual(proven);
  });

  test("[P44] nor is a token that the application does not give", () => {
    expect(next(states.authorizing, events.noToken, 0)[0].choice).toEqual(firstChoice);
  });

  test("[P44] what worked here is remembered over a stop", () => {
    const [stopped] = next({ ...states.online, choice: settled }, events.stop, 0);
    expect(stopped.choice).toEqual(settled);
  });

  const onStream = { ...states.online, choice: doubtful, heardAt: NOW + 20_000 };

  test("[P44] on the stream, WebSocket is tried when it is due, and the stream goes on", () => {
    const [waiting, ...nothing] = next(onStream, events.timer, 9_999);
    expect([waiting, effectsOf([waiting, ...nothing], "tryWebSocket")]).toEqual([onStream, []]);
    const trial = next(onStream, events.timer, 20_000);
    expect(trial).toEqual([
      { ...onStream, choice: { ...settled, tryAt: NOW + 20_000 + 5 * MINUTE } },
      { do: "tryWebSocket" },
      { do: "timer", ms: 30_000 },
    ]);
  });

  test("[P44] when it opens, the client goes over with its position and without a wait", () => {
    const [over, ...effects] = next({ ...onStream, choice: settled }, events.webSocketOpens, 21_000);
    expect(over).toMatchObject({ at: "authorizing", choice: returned, position: onStream.position });
    expect(effects.map((effect) => effect.do)).toEqual(["dropSocket", "askToken", "timer"]);
  });

  test("[P44] when it breaks after all, one failure leads back to the stream", () => {
    const [back] = next({ ...states.greeting, choice: returned }, cut, 0);
    expect(back.choice).toEqual(settled);
  });
});

test("[P44] never flaps: however long WebSockets open and break, the stream is left ever more rarely", () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 20 * MINUTE }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(pauses, (waits) => {
      let choice: Choice = doubtful;
      let now = NOW;
      const left: number[] = [];
      for (const wait of waits) {
        now += wait;
        if (!isTrialDue(choice, now)) continue;
        left.push(now);
        choice = afterBreak(backToWebSocket(onTrial(choice, now)), "short", now);
        expect(choice.transport).toBe("stream");
      }
      const gaps = left.slice(1).map((at, n) => at - (left[n] ?? 0));
      gaps.forEach((gap, n) => expect(gap).toBeGreaterThanOrEqual(Math.min(60, 5 * 2 ** n) * MINUTE));
    }),
  );
});
