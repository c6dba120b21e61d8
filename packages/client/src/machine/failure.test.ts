import { Close } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import { backoff } from "../backoff.ts";
import { step } from "./machine.ts";
import { type Event, initial, memory, type State } from "./state.ts";
import { effectsOf, events, later, NOW, states } from "../testing/states.ts";

const closedWith = (code: number, reason = ""): Event => ({ on: "closed", code, reason });
const open = [states.connecting, states.greeting, states.online];
const unanswered = [states.authorizing, states.connecting, states.greeting];

describe("tokens", () => {
  test("[P16] the first one is to connect with", () => {
    expect(step(initial, events.start, later(0))[1]).toEqual({ do: "askToken", why: "connect" });
  });

  test.each(open)("[P17] after 4001 while $at, the next one replaces it", (state) => {
    const [waiting] = step(state, closedWith(Close.tokenExpired.code), later(0));
    expect(step(waiting, events.timer, later(500))[1]).toEqual({ do: "askToken", why: "replace" });
  });

  test("[P17] a refusal to give one does not forget that another one is needed", () => {
    const [waiting] = step({ ...states.authorizing, expired: true }, events.noToken, later(0));
    expect(step(waiting, events.timer, later(500))[1]).toEqual({ do: "askToken", why: "replace" });
  });

  test("[P17] once welcome, the token is a good one again", () => {
    const [online] = step({ ...states.greeting, expired: true }, events.frame, later(0));
    const [waiting] = step(online, closedWith(1006), later(0));
    expect(step(waiting, events.timer, later(500))[1]).toEqual({ do: "askToken", why: "connect" });
  });

  test("[P21] who comes back after a refusal brings another one", () => {
    expect(step(states.refused, events.retry, later(0))[1]).toEqual({ do: "askToken", why: "replace" });
  });
});

describe("the code says whether to return", () => {
  const terminal = [
    Close.badFrame,
    Close.tokenRefused,
    Close.replaced,
    { code: 1008, reason: "policy" },
    { code: 4999, reason: "" },
  ];

  test.each(open.flatMap((state) => terminal.map((close) => ({ ...close, state, at: state.at }))))(
    "[P21] $code while $at: refused, with its reason, and no timer",
    ({ state, code, reason }) => {
      const refused = step(state, closedWith(code, reason), later(0));
      expect(refused[0]).toMatchObject({ at: "refused", code, reason, position: state.position });
      expect(effectsOf(refused, "dropSocket")).toHaveLength(1);
      expect(effectsOf(refused, "timer")).toEqual([{ do: "timer" }]);
    },
  );

  test.each([1000, 1001, 1006, 1011, 4000, 4002, 4003, 4004, 4005, 4499])("[P21] %i: comes back by itself", (code) => {
    const waiting = step(states.online, closedWith(code), later(20_000));
    expect(waiting[0]).toMatchObject({ at: "waiting", until: NOW + 20_000 + 250 });
    expect(effectsOf(waiting, "timer")).toEqual([{ do: "timer", ms: 250 }]);
  });
});

describe("time-outs", () => {
  const limits = [
    { from: states.waiting, event: events.timer, ms: 10_000, what: "the application to give a token" },
    { from: states.authorizing, event: events.token, ms: 5_000, what: "the socket to open" },
    { from: states.connecting, event: events.opened, ms: 5_000, what: "the hub to welcome" },
  ];

  test.each(limits)("[P19] $ms ms for $what", ({ from, event, ms }) => {
    expect(effectsOf(step(from, event, later(0)), "timer")).toEqual([{ do: "timer", ms }]);
  });

  test.each(unanswered)("[P21] over while $at: a failure, and the next try comes after a backoff", (state) => {
    const lost = step(state, events.timer, later(0));
    expect(lost[0]).toMatchObject({ at: "waiting", failures: 3, until: NOW + 1_000 });
    expect(lost.slice(1)).toEqual([{ do: "dropSocket" }, { do: "timer", ms: 1_000 }]);
  });
});

describe("the count of failures", () => {
  test("[P21] rises with each connection that fails, and the wait with it", () => {
    let state: State = initial;
    for (const failures of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const [lost, , timer] = step({ ...states.connecting, ...memory(state) }, closedWith(1006), later(0, 0.999));
      expect(lost).toMatchObject({ at: "waiting", failures });
      expect(timer).toEqual({ do: "timer", ms: backoff(failures, 0.999) });
      state = lost;
    }
  });

  test("[P21] is not forgotten by a welcome alone: a hub that hangs up at once is a failing hub", () => {
    const [online] = step(states.greeting, events.frame, later(0));
    expect(step(online, closedWith(1006), later(9_999))[0].failures).toBe(3);
  });

  test("[P21] starts anew after a connection that lasted", () => {
    const [online] = step(states.greeting, events.frame, later(0));
    expect(step(online, closedWith(1006), later(10_000))[0].failures).toBe(1);
  });
});
