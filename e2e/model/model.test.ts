import { MarkName } from "@carillon/protocol";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Happening, Life } from "./life.ts";
import { World } from "./world.ts";

/** Interleavings: two hundred as a rule; CARILLON_FAULTS=long lives through ten thousand. */
const LIVES = process.env["CARILLON_FAULTS"] === "long" ? 10_000 : 200;
const seed = Number(process.env["CARILLON_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

let world: World;
beforeAll(async () => (world = await World.make(10_000)));
afterAll(() => world.end());

describe(`hub and clients against a simple model, ${LIVES} interleavings, CARILLON_SEED=${seed}`, () => {
  it(
    "[P7] [P8] [P9] [P12] [P15] [P23] [P24] [P25] [P26] [P52] [P53] [P54] [P55] once all is quiet, every tab shows the truth",
    async () => {
      let lives = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 40 }), async (happenings) => {
          const life = new Life(world, `life${++lives}`, 3);
          try {
            for (const each of happenings) await life.happen(each);
            expect(await life.settle()).toEqual([]);
          } finally {
            life.leave();
          }
        }),
        { seed, numRuns: LIVES, interruptAfterTimeLimit: TIME_LIMIT_MS, markInterruptAsFailure: true },
      );
    },
    TIME_LIMIT_MS,
  );
});

const TIME_LIMIT_MS = LIVES * 1_000 + 60_000;

const number = fc.nat(99);
const what = <W extends Happening["what"]>(name: W) => fc.constant(name);
const mark = fc.constantFrom(...MarkName.options);
const markOfAll = fc.constantFrom("seen" as const, "read" as const, "archived" as const, "unarchived" as const);

/** More of what makes work than of what destroys it. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ what: what("send"), who: number, tab: number, to: number }) },
  { weight: 8, arbitrary: fc.record({ what: what("turn"), times: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 3, arbitrary: fc.record({ what: what("mark"), who: number, which: number, mark }) },
  { weight: 2, arbitrary: fc.record({ what: what("markAll"), who: number, mark: markOfAll }) },
  { weight: 3, arbitrary: fc.record({ what: what("snooze"), who: number, which: number, isOff: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ what: what("mute"), who: number, whom: number, muted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ what: what("quiet"), who: number, isOver: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ what: what("later"), isDown: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ what: what("edit"), who: number, which: number }) },
  { weight: 2, arbitrary: fc.record({ what: what("retract"), who: number, which: number }) },
  { weight: 3, arbitrary: fc.record({ what: what("cut"), which: number }) },
  { weight: 1, arbitrary: fc.record({ what: what("open"), who: number }) },
  { weight: 1, arbitrary: fc.record({ what: what("close"), who: number }) },
  { weight: 1, arbitrary: fc.record({ what: what("reload"), who: number }) },
  { weight: 1, arbitrary: fc.record({ what: what("crash") }) },
  { weight: 1, arbitrary: fc.record({ what: what("restart") }) },
);
