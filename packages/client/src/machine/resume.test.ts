import type { Entry, Snapshot } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import { step } from "./machine.ts";
import type { Event } from "./state.ts";
import { COUNTS, effectsOf, events, frameOf, later, notification, POSITION, states } from "../testing/states.ts";

const snapshot: Snapshot = { notifications: [notification(90)], sent: [], acked: 89, mutes: [] };
const fresh: Event = {
  on: "frame",
  message: {
    type: "welcome",
    uid: "101",
    session: "s",
    wasRecovering: true,
    recovered: false,
    position: { epoch: "another", seq: 7 },
    head: 7,
    counts: { unseen: 1, unread: 2, asOf: 7 },
    expiresIn: 3_600_000,
    snapshot,
  },
};

describe("hello", () => {
  test("[P8] carries the position, with the token", () => {
    const [, hello] = step(states.connecting, events.opened, later(0));
    expect(hello).toEqual({ do: "transmit", message: { type: "hello", token: "t1", position: POSITION } });
  });

  test("[P8] of a client that has nothing yet carries no position at all", () => {
    const [, hello] = step({ ...states.connecting, position: undefined }, events.opened, later(0));
    expect(hello).toStrictEqual({ do: "transmit", message: { type: "hello", token: "t1" } });
  });
});

describe("welcome", () => {
  test("[P8] recovered: replaces nothing, tells the counts, acknowledges and flushes", () => {
    const [online, ...effects] = step(states.greeting, events.frame, later(70));
    expect(online).toMatchObject({
      at: "online",
      position: POSITION,
      since: states.online.since + 70,
      probe: undefined,
    });
    expect(effects).toEqual([
      { do: "catchUp", upTo: 41 },
      { do: "deliver", entries: [], counts: COUNTS },
      { do: "transmit", message: { type: "ack", seq: 41 } },
      { do: "flush" },
      { do: "timer", ms: 30_000 },
    ]);
  });

  test("[P8] not recovered: what stands at its position replaces what was shown, in whatever epoch", () => {
    const welcomed = step(states.greeting, fresh, later(0));
    expect(welcomed[0].position).toEqual({ epoch: "another", seq: 7 });
    expect(effectsOf(welcomed, "show")).toEqual([
      { do: "show", uid: "101", snapshot, counts: { unseen: 1, unread: 2, asOf: 7 } },
    ]);
  });

  test("[P14] the ack comes after what it acknowledges was shown, and before the drafts", () => {
    const [, ...effects] = step(states.greeting, fresh, later(0));
    expect(effects.map((effect) => effect.do)).toEqual(["catchUp", "show", "transmit", "flush", "timer"]);
    expect(effects[2]).toEqual({ do: "transmit", message: { type: "ack", seq: 7 } });
  });

  test("[P3] anything else before it is not heard", () => {
    expect(step(states.greeting, frameOf(notification(42)), later(0))).toEqual([states.greeting]);
  });

  test("[P4] a second one changes nothing", () => {
    const again = step(states.online, fresh, later(5));
    expect(again).toEqual([{ ...states.online, heardAt: states.online.heardAt + 5 }]);
  });
});

describe("entries", () => {
  test("[P7] the next ones are delivered in order, acknowledged by their last", () => {
    const [state, ...effects] = step(states.online, frameOf(notification(42), notification(43)), later(9));
    expect(state).toMatchObject({
      at: "online",
      position: { epoch: POSITION.epoch, seq: 43 },
      heardAt: states.online.heardAt + 9,
    });
    expect(effects).toEqual([
      { do: "deliver", entries: [notification(42), notification(43)], counts: undefined },
      { do: "transmit", message: { type: "ack", seq: 43 } },
    ]);
  });

  test("[P9] what the client has already is dropped, what is new beside it is not", () => {
    const step1 = step(states.online, frameOf(notification(40), notification(41), notification(42)), later(0));
    expect(effectsOf(step1, "deliver")).toEqual([{ do: "deliver", entries: [notification(42)], counts: undefined }]);
    expect(step1[0].position?.seq).toBe(42);
  });

  test("[P9] only known ones: nothing is delivered or acknowledged", () => {
    expect(step(states.online, frameOf(notification(41)), later(0))).toEqual([states.online]);
    expect(step(states.online, frameOf(), later(0))).toEqual([states.online]);
  });

  test("[P25] counts come with their entries, and are told also where every entry is known", () => {
    const counted = (seq: number): Event => ({
      on: "frame",
      message: { type: "entries", entries: [notification(seq)], counts: COUNTS },
    });
    const delivered = (seq: number) => effectsOf(step(states.online, counted(seq), later(0)), "deliver");
    expect(delivered(42)).toEqual([{ do: "deliver", entries: [notification(42)], counts: COUNTS }]);
    expect(delivered(41)).toEqual([{ do: "deliver", entries: [], counts: COUNTS }]);
  });

  test("[P14] what holds no notification is not answered", () => {
    const receipt: Entry = { kind: "receipt", seq: 42, state: "delivered", ids: ["a"], at: 1 };
    const [state, ...effects] = step(states.online, frameOf(receipt), later(9));
    expect(state.position?.seq).toBe(42);
    expect(effects).toEqual([{ do: "deliver", entries: [receipt], counts: undefined }]);
  });

  test("[P57] what another connection acknowledges is delivered, and not answered", () => {
    const entries = [notification(42), notification(43)];
    const frame: Event = { on: "frame", message: { type: "entries", entries, ack: false } };
    const [state, ...effects] = step(states.online, frame, later(9));
    expect(state).toMatchObject({ position: { epoch: POSITION.epoch, seq: 43 }, heardAt: states.online.heardAt + 9 });
    expect(effects).toEqual([{ do: "deliver", entries, counts: undefined }]);
  });

  test("[P57] unacked is answered with all that is here, whatever it holds and however often it comes", () => {
    const unacked: Event = { on: "frame", message: { type: "unacked" } };
    const [state, ...effects] = step(states.online, unacked, later(9));
    expect(state).toEqual({ ...states.online, heardAt: states.online.heardAt + 9 });
    expect(effects).toEqual([{ do: "transmit", message: { type: "ack", seq: 41 } }]);
    expect(step(state, unacked, later(9))).toEqual([state, ...effects]);
  });

  test("[P9] of every kind count: a receipt fills a place as a notification does", () => {
    const receipt: Entry = { kind: "receipt", seq: 42, state: "delivered", to: "100", ids: ["a"], at: 1 };
    expect(step(states.online, frameOf(receipt, notification(43)), later(0))[0].position?.seq).toBe(43);
  });

  const gaps: readonly (readonly [name: string, seqs: readonly number[]])[] = [
    ["before the frame", [43]],
    ["inside the frame", [42, 44]],
    ["behind known ones", [40, 41, 43]],
    ["that an entry out of order leaves", [43, 42]],
  ];

  test.each(gaps)("[P9] a gap %s: comes back with its position instead of skipping", (_name, seqs) => {
    const torn = step(states.online, frameOf(...seqs.map((seq) => notification(seq))), later(0));
    expect(torn[0].at).toBe("waiting");
    expect(effectsOf(torn, "dropSocket")).toHaveLength(1);
    const delivered = effectsOf(torn, "deliver").flatMap(({ entries }) => entries.map(({ seq }) => seq));
    expect(torn[0].position?.seq).toBe(delivered.at(-1) ?? 41);
  });

  test("[P9] the same one twice in a frame is delivered once", () => {
    const twice = step(states.online, frameOf(notification(42), notification(42)), later(0));
    const delivered = effectsOf(twice, "deliver").flatMap(({ entries }) => entries.map(({ seq }) => seq));
    expect(delivered.filter((seq) => seq === 42).length).toBeLessThanOrEqual(1);
  });
});

test.each([
  { type: "sent" as const, id: "a", seq: 42, at: 1 },
  { type: "refused" as const, id: "a", code: "conflict", message: "…" },
  { type: "done" as const, id: "a" },
  { type: "page" as const, id: "a", items: [notification(3)], end: false },
])("[P11] $type settles its request and moves no cursor", (reply) => {
  const settled = step(states.online, { on: "frame", message: reply }, later(3));
  expect(settled).toEqual([
    { ...states.online, heardAt: states.online.heardAt + 3 },
    { do: "settle", reply },
  ]);
});
