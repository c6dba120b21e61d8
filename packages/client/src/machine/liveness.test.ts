import { describe, expect, test } from "vitest";
import { step } from "./machine.ts";
import type { Effect, Step } from "./state.ts";
import { effectsOf, events, frameOf, later, NOW, notification, states } from "../testing/states.ts";

const quiet = states.online;
const asking = { ...quiet, probe: { answerBy: NOW + 38_000, because: "silence" } } as const;
const pings = (result: Step) => effectsOf(result, "transmit").filter(({ message }) => message.type === "ping").length;
const waits = (result: Step) => effectsOf(result, "timer").map(({ ms }) => ms);

describe("silence", () => {
  test("[P19] of 30 s makes the client ask, and gives 8 s for an answer", () => {
    const asked = step(quiet, events.timer, later(30_000));
    expect(asked[0]).toMatchObject({ at: "online", probe: { answerBy: NOW + 38_000 } });
    expect(pings(asked)).toBe(1);
    expect(waits(asked)).toEqual([8_000]);
  });

  test("[P19] of less than 30 s does not: the timer goes on for the rest", () => {
    const [state, ...effects] = step({ ...quiet, heardAt: NOW + 12_000 }, events.timer, later(30_000));
    expect(state.at).toBe("online");
    expect(effects).toEqual([{ do: "timer", ms: 12_000 }]);
  });

  test("[P19] of 8 s more is a dead connection", () => {
    const dead = step(asking, events.timer, later(38_000));
    expect(dead[0]).toMatchObject({ at: "waiting", failures: 1 });
    expect(effectsOf(dead, "dropSocket")).toHaveLength(1);
  });

  test("[P19] is not dead before its time, should a timer come early", () => {
    const early = step(asking, events.timer, later(37_400));
    expect(early[0]).toEqual(asking);
    expect(early.slice(1)).toEqual([{ do: "timer", ms: 600 }]);
  });

  const signs = [
    { name: "pong", frame: { on: "frame", message: { type: "pong" } } as const },
    { name: "entries", frame: frameOf(notification(42)) },
    { name: "a reply", frame: { on: "frame", message: { type: "sent", id: "a", seq: 1, at: 1 } } as const },
  ];

  test.each(signs)("[P19] is over with any sign of life: $name", ({ frame }) => {
    const [answered] = step(asking, frame, later(31_000));
    const listening = step(answered, events.timer, later(38_000));
    expect(listening[0]).toMatchObject({ at: "online", heardAt: NOW + 31_000, probe: undefined });
    expect(listening.slice(1)).toEqual([{ do: "timer", ms: 23_000 }]);
  });

  test("[P19] a frame needs no new timer: the one that runs looks at the time stamps", () => {
    expect(waits(step(quiet, { on: "frame", message: { type: "pong" } }, later(100)))).toEqual([]);
  });
});

describe("waking up", () => {
  test("[P19] asks at once, and wants the answer at once", () => {
    const asked = step(quiet, events.wake, later(200));
    expect(asked[0]).toMatchObject({ probe: { answerBy: NOW + 1_200 } });
    expect(pings(asked)).toBe(1);
    expect(waits(asked)).toEqual([1_000]);
  });

  test("[P48] on a dead connection is noticed 1 s later, and the next one begins at once", () => {
    const [asked] = step(quiet, events.wake, later(200));
    expect(step(asked, events.timer, later(1_199))[0].at).toBe("online");
    const dead = step(asked, events.timer, later(1_200));
    expect(dead[0]).toMatchObject({ at: "authorizing", failures: 0 });
    expect(dead.slice(1).map((effect) => (effect as Effect).do)).toEqual(["dropSocket", "askToken", "timer"]);
  });

  test("[P19] a frame that came just before the question, in the same millisecond, does not answer it", () => {
    const [asked] = step({ ...quiet, heardAt: NOW + 200 }, events.wake, later(200));
    expect(step(asked, events.timer, later(1_200))[0].at).toBe("authorizing");
  });

  test("[P19] a frame that came just after the question, in the same millisecond, does", () => {
    const [asked] = step(quiet, events.wake, later(200));
    const [answered] = step(asked, { on: "frame", message: { type: "pong" } }, later(200));
    expect(step(answered, events.timer, later(1_200))[0].at).toBe("online");
  });

  test("[P48] to a hang-up that came meanwhile makes for a short wait, whatever failed before", () => {
    const [asked] = step({ ...quiet, failures: 7 }, events.wake, later(200));
    const hungUp = step(asked, { on: "closed", code: 4002, reason: "" }, later(201, 0.999));
    expect(hungUp[0]).toMatchObject({ at: "waiting", failures: 1 });
    expect(waits(hungUp)).toEqual([500]);
  });

  test("[P48] is often said twice: the second sign asks nothing and puts nothing off", () => {
    const [asked] = step(quiet, events.wake, later(200));
    expect(step(asked, events.wake, later(700))).toEqual([asked]);
  });

  test("[P48] while a patient question waits asks an impatient one", () => {
    const [hurried] = step(asking, events.wake, later(30_100));
    expect(hurried).toMatchObject({ probe: { answerBy: NOW + 31_100 } });
  });

  test("[P21] while it waits ends the wait, and what failed before counts no more", () => {
    expect(step(states.waiting, events.wake, later(10))[0]).toMatchObject({ at: "authorizing", failures: 0 });
  });

  const underWay = [
    { state: states.authorizing, most: 10_000 },
    { state: states.connecting, most: 5_000 },
    { state: states.greeting, most: 5_000 },
  ];

  test.each(underWay)("[P48] while $state.at: what began before the sleep begins anew", ({ state, most }) => {
    const anew = step({ ...state, failures: 7 }, events.wake, later(most));
    expect(anew[0]).toMatchObject({ at: "authorizing", since: NOW + most, failures: 0 });
    expect(effectsOf(anew, "dropSocket")).toHaveLength(1);
  });

  test.each(underWay)("[P48] while $state.at: what has time yet keeps it", ({ state, most }) => {
    expect(step(state, events.wake, later(most - 1))).toEqual([state]);
  });
});

describe("a page that is put away", () => {
  test("[P48] has no socket, and no haste", () => {
    const resting = step(quiet, events.rest, later(100));
    expect(resting[0].at).toBe("resting");
    expect(effectsOf(resting, "dropSocket")).toHaveLength(1);
    expect(waits(resting)).toEqual([30_000]);
  });

  test("[P48] connects at once when it is back in use, with the position it had", () => {
    const back = step({ ...states.resting, failures: 7 }, events.wake, later(7_200_000));
    expect(back[0]).toMatchObject({ at: "authorizing", failures: 0, position: states.resting.position });
  });

  test("[P48] or when it was not put away after all: its timer goes on", () => {
    expect(step(states.resting, events.timer, later(30_000))[0].at).toBe("authorizing");
  });
});

describe("a machine that slept", () => {
  const HOUR = 3_600_000;

  test("[P19] in the quiet: its late timer asks instead of losing the connection", () => {
    const awake = step(quiet, events.timer, later(HOUR));
    expect(awake[0].at).toBe("online");
    expect(pings(awake)).toBe(1);
  });

  test("[P19] with a question open: a timer 5 s too late asks again, for the answer may lie unread", () => {
    const awake = step(asking, events.timer, later(38_000 + 5_000));
    expect(awake[0]).toMatchObject({ at: "online", probe: { answerBy: NOW + 44_000 } });
    expect(pings(awake)).toBe(1);
    expect(waits(awake)).toEqual([1_000]);
  });

  test("[P19] less late than that, the timer was only slow: the connection is dead", () => {
    expect(step(asking, events.timer, later(38_000 + 4_999))[0].at).toBe("waiting");
  });

  test("[P19] asks again once, not for ever: the second question is answered in time or never", () => {
    const [awake] = step(asking, events.timer, later(HOUR));
    expect(step(awake, events.timer, later(HOUR + 1_000))[0].at).toBe("authorizing");
  });

  test("[P19] also where every timer is late, as in a tab that is hidden for long", () => {
    const minute = 60_000;
    const [asked] = step(quiet, events.timer, later(minute));
    const [again] = step(asked, events.timer, later(2 * minute));
    expect(again.at).toBe("online");
    expect(step(again, events.timer, later(3 * minute))[0].at).toBe("authorizing");
  });
});
