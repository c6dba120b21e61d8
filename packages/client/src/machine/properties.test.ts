import type { Position } from "@carillon/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { step } from "./machine.ts";
import { type Effect, type Event, initial, type State } from "./state.ts";
import { eventOf, script } from "../testing/incidents.ts";
import { NOW } from "../testing/states.ts";

/** One step as it was lived: before, what happened, after, what was done. */
type Lived = {
  readonly before: State;
  readonly event: Event;
  readonly after: State;
  readonly effects: readonly Effect[];
};

/** Lives through any script and judges each step of it. */
function always(judgeOf: () => (lived: Lived) => void): void {
  fc.assert(
    fc.property(script, (scenes) => {
      const judge = judgeOf();
      let before: State = initial;
      let now = NOW;
      for (const { incident, pause, random } of scenes) {
        now += pause;
        const event = eventOf(incident, before);
        const [after, ...effects] = step(before, event, { now, random });
        judge({ before, event, after, effects });
        before = after;
      }
    }),
    { numRuns: 500 },
  );
}

test("[P19] never throws; a connection that is wanted has exactly one timer, one that is not has none", () => {
  always(() => {
    let armed = false;
    return ({ event, after, effects }) => {
      if (event.on === "timer") armed = false;
      const timers = effects.filter((effect) => effect.do === "timer");
      expect(timers.length).toBeLessThanOrEqual(1);
      for (const { ms } of timers) armed = ms !== undefined;
      for (const { ms = 0 } of timers) expect(ms >= 0 && ms <= 30_000).toBe(true);
      expect(armed).toBe(after.at !== "stopped" && after.at !== "refused");
    };
  });
});

test("[P9] no entry is delivered twice or skipped, and the position is the last that was", () => {
  always(() => {
    let shown: Position | undefined;
    return ({ event, after, effects }) => {
      for (const effect of effects) {
        if (effect.do === "show" && event.on === "frame" && event.message.type === "welcome")
          shown = event.message.position;
        if (effect.do !== "deliver") continue;
        for (const { seq } of effect.entries) {
          expect(seq).toBe((shown?.seq ?? Number.NaN) + 1);
          shown = shown && { ...shown, seq };
        }
      }
      expect(after.position).toEqual(shown);
    };
  });
});

test("[P7] within an epoch the position never falls", () => {
  always(() => ({ before, after }) => {
    if (before.position === undefined) return;
    expect(after.position).toBeDefined();
    if (before.position.epoch === after.position?.epoch)
      expect(after.position.seq).toBeGreaterThanOrEqual(before.position.seq);
  });
});

test("[P14] only what was delivered is acknowledged, and only after it was", () => {
  always(() => ({ after, effects }) => {
    for (const [index, effect] of effects.entries()) {
      if (effect.do !== "transmit" || effect.message.type !== "ack") continue;
      expect(effect.message.seq).toBe(after.position?.seq);
      expect(effects.slice(index).some((then) => then.do === "deliver" || then.do === "show")).toBe(false);
    }
  });
});

test("[P3] nothing is transmitted but while greeting or online, and hello exactly once a connection", () => {
  always(() => {
    let greeted = false;
    return ({ after, effects }) => {
      for (const effect of effects) {
        if (effect.do === "openSocket") greeted = false;
        if (effect.do !== "transmit") continue;
        expect(effect.message.type === "hello").toBe(after.at === "greeting");
        expect(["greeting", "online"]).toContain(after.at);
        expect(greeted).toBe(effect.message.type !== "hello");
        greeted = true;
      }
    };
  });
});

test("[P20] there is never more than one socket: each is dropped before the next is opened", () => {
  always(() => {
    let open = false;
    return ({ after, effects }) => {
      for (const effect of effects) {
        if (effect.do === "openSocket") expect(open).toBe(false);
        if (effect.do === "openSocket") open = true;
        if (effect.do === "dropSocket") open = false;
      }
      expect(open).toBe(after.at === "connecting" || after.at === "greeting" || after.at === "online");
    };
  });
});
