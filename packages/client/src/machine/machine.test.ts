import { describe, expect, test } from "vitest";
import { firstChoice } from "./choice.ts";
import { step } from "./machine.ts";
import { type Event, initial, type State } from "./state.ts";
import { effectsOf, events, later, states } from "../testing/states.ts";

type At = State["at"];
type On = Event["on"];

/** Where each event leads from each state; "ignored": the same state, and nothing is done. Total: a missing pair does not compile. */
const TRANSITIONS: { readonly [A in At]: { readonly [E in On]: At | "ignored" } } = {
  stopped: {
    start: "authorizing",
    stop: "ignored",
    retry: "ignored",
    wake: "ignored",
    rest: "ignored",
    timer: "ignored",
    token: "ignored",
    noToken: "ignored",
    opened: "ignored",
    closed: "ignored",
    frame: "ignored",
    webSocketOpens: "ignored",
  },
  authorizing: {
    start: "ignored",
    stop: "stopped",
    retry: "ignored",
    wake: "ignored",
    rest: "resting",
    timer: "waiting",
    token: "connecting",
    noToken: "waiting",
    opened: "ignored",
    closed: "ignored",
    frame: "ignored",
    webSocketOpens: "ignored",
  },
  connecting: {
    start: "ignored",
    stop: "stopped",
    retry: "ignored",
    wake: "ignored",
    rest: "resting",
    timer: "waiting",
    token: "ignored",
    noToken: "ignored",
    opened: "greeting",
    closed: "waiting",
    frame: "ignored",
    webSocketOpens: "ignored",
  },
  greeting: {
    start: "ignored",
    stop: "stopped",
    retry: "ignored",
    wake: "ignored",
    rest: "resting",
    timer: "waiting",
    token: "ignored",
    noToken: "ignored",
    opened: "ignored",
    closed: "waiting",
    frame: "online",
    webSocketOpens: "ignored",
  },
  online: {
    start: "ignored",
    stop: "stopped",
    retry: "ignored",
    wake: "online",
    rest: "resting",
    timer: "online",
    token: "online",
    noToken: "ignored",
    opened: "ignored",
    closed: "waiting",
    frame: "online",
    webSocketOpens: "ignored",
  },
  waiting: {
    start: "ignored",
    stop: "stopped",
    retry: "authorizing",
    wake: "authorizing",
    rest: "resting",
    timer: "authorizing",
    token: "ignored",
    noToken: "ignored",
    opened: "ignored",
    closed: "ignored",
    frame: "ignored",
    webSocketOpens: "ignored",
  },
  resting: {
    start: "ignored",
    stop: "stopped",
    retry: "authorizing",
    wake: "authorizing",
    rest: "ignored",
    timer: "authorizing",
    token: "ignored",
    noToken: "ignored",
    opened: "ignored",
    closed: "ignored",
    frame: "ignored",
    webSocketOpens: "ignored",
  },
  refused: {
    start: "ignored",
    stop: "stopped",
    retry: "authorizing",
    wake: "ignored",
    rest: "ignored",
    timer: "ignored",
    token: "ignored",
    noToken: "ignored",
    opened: "ignored",
    closed: "ignored",
    frame: "ignored",
    webSocketOpens: "ignored",
  },
};

describe.each(Object.values(states))("from $at", (state) => {
  test.each(Object.values(events))("[P21] $on leads where the table says", (event) => {
    const expected = TRANSITIONS[state.at][event.on];
    const [next, ...effects] = step(state, event, later(0));
    if (expected !== "ignored") return expect(next.at).toBe(expected);
    expect(next).toBe(state);
    expect(effects).toEqual([]);
  });

  test("[P8] whatever happens, the position outlives it", () => {
    for (const event of Object.values(events)) {
      expect(step(state, event, later(0))[0].position).toEqual(state.position);
    }
  });

  test("[P21] stop drops the socket, clears the timer and forgets the failures", () => {
    if (state.at === "stopped") return expect(step(state, { on: "stop" }, later(0))).toEqual([state]);
    const stopped = step(state, { on: "stop" }, later(0));
    expect(stopped[0]).toEqual({
      at: "stopped",
      position: state.position,
      failures: 0,
      expired: false,
      choice: firstChoice,
    });
    expect(effectsOf(stopped, "dropSocket")).toHaveLength(1);
    expect(effectsOf(stopped, "timer")).toEqual([{ do: "timer" }]);
  });
});

test("[P8] at first there is nothing to resume from, and nothing has failed", () => {
  expect(initial).toEqual({ at: "stopped", position: undefined, failures: 0, expired: false, choice: firstChoice });
});
