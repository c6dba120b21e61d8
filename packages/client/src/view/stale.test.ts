import { type Entry, HistoryKind, MarkName } from "@carillon/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Happening, LogModel, ME } from "../testing/log-model.ts";
import { withEntries } from "./entries.ts";
import { emptyLog, type Log, viewOf } from "./log.ts";
import { withPage } from "./page.ts";

const nth = fc.nat(200);
const someone = fc.constantFrom("100", "101", ME);
const someTime = fc.option(fc.nat(400), { nil: undefined });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 16, arbitrary: fc.record({ op: fc.constantFrom("arrive" as const, "write" as const), with: someone }) },
  fc.record({
    op: fc.constant("receipt" as const),
    state: fc.constantFrom("delivered" as const, "seen" as const, "read" as const),
    which: fc.array(nth, { maxLength: 5 }),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant("mark" as const),
      mark: fc.constantFrom(...MarkName.options),
      which: fc.oneof(nth, fc.array(nth, { minLength: 1, maxLength: 5 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constantFrom("edit" as const, "retract" as const),
      own: fc.boolean(),
      which: fc.nat(20),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant("snooze" as const),
      which: fc.array(nth, { maxLength: 5 }),
      until: someTime,
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("wake" as const), which: nth }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant("mute" as const),
      target: fc.oneof(fc.record({ from: someone }), fc.record({ thread: someone })),
      muted: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("quiet" as const), until: someTime }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("trim" as const), which: fc.nat(150) }) },
);
/** Long enough that a snapshot is often too small for it. */
const happenings = fc.array(happening, { maxLength: 240, size: "max" });

const kindsInAnyOrder = fc.shuffledSubarray([...HistoryKind.options], { minLength: 3 });

/** Lives through it, and hands over what a client could have seen at each step. */
function lived(all: readonly Happening[]): { readonly model: LogModel; readonly snapshots: readonly Log[] } {
  const model = new LogModel();
  const snapshots = [viewOf(ME, model.snapshot(), model.counts())];
  for (const one of all) {
    model.happen(one);
    snapshots.push(viewOf(ME, model.snapshot(), model.counts()));
  }
  return { model, snapshots };
}

/** From where on a log claims to have everything, it has. */
function expectTrue(log: Log, model: LogModel): void {
  expect(log.notifications).toEqual(model.standing.filter(({ seq }) => seq >= log.from.notification));
  expect(log.archived).toEqual(model.archived.filter(({ seq }) => seq >= log.from.archived));
  expect(log.sent).toEqual(model.sent.filter(({ seq }) => seq >= log.from.sent));
  expect(log.counts).toEqual(model.counts());
  expect(log.mutes.map((target) => JSON.stringify(target))).toEqual([...model.mutes]);
  expect(log.quiet).toEqual(model.quiet);
  for (const kind of HistoryKind.options) expect(log.complete[kind]).toBe(log.from[kind] === 0);
}

function eachPrefix(entriesAfter: (model: LogModel, asOf: number) => readonly Entry[]): void {
  fc.assert(
    fc.property(happenings, (all) => {
      const { model, snapshots } = lived(all);
      const fresh = viewOf(ME, model.snapshot(), model.counts());
      for (const old of snapshots) {
        const caughtUp = withEntries(old, entriesAfter(model, old.counts?.asOf ?? 0), model.counts());
        expectTrue(caughtUp, model);
        expect(caughtUp.from.notification).toBeLessThanOrEqual(fresh.from.notification);
        expect(caughtUp.from.sent).toBeLessThanOrEqual(fresh.from.sent);
      }
    }),
    { numRuns: 20 },
  );
}

test("[P10] any old snapshot with the entries after it is the new snapshot, at least as far back", () => {
  eachPrefix((model, asOf) => model.entries.filter(({ seq }) => seq > asOf));
});

test("[P10] also where the entries give items as they stand now, with all that later entries say of them", () => {
  eachPrefix((model, asOf) => model.since(asOf));
});

test("[P10] applying the same entries again changes nothing", () => {
  fc.assert(
    fc.property(happenings, fc.nat(), (all, back) => {
      const { model, old, asOf } = cut(all, back);
      const once = withEntries(old, model.since(asOf));
      expect(withEntries(once, model.since(asOf))).toEqual(once);
      const asTheyWere = model.entries.filter(({ seq }) => seq > asOf);
      expect(withEntries(once, asTheyWere)).toEqual(once);
    }),
    { numRuns: 50 },
  );
});

test("[P27] with all its older pages, of whatever size, it is the whole log", () => {
  fc.assert(
    fc.property(happenings, fc.integer({ min: 1, max: 60 }), fc.nat(), kindsInAnyOrder, (all, limit, back, kinds) => {
      const { model, old, asOf } = cut(all, back);
      let log = withEntries(old, model.since(asOf), model.counts());
      for (const of of kinds)
        for (let pages = 0; pages <= all.length && !log.complete[of]; pages++)
          log = withPage(log, of, model.page(of, log.from[of], limit));
      expect(log.from).toEqual({ notification: 0, sent: 0, archived: 0 });
      expectTrue(log, model);
    }),
    { numRuns: 50 },
  );
});

/** What a client saw at some moment of it. */
function cut(all: readonly Happening[], back: number): { model: LogModel; old: Log; asOf: number } {
  const { model, snapshots } = lived(all);
  const old = snapshots[back % snapshots.length] ?? emptyLog;
  return { model, old, asOf: old.counts?.asOf ?? 0 };
}
