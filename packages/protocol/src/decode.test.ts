import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeDown, decodeUp } from "./index.ts";
import { downs, ups } from "./testing/messages.ts";

const welcome = {
  type: "welcome",
  uid: "101",
  session: "s",
  wasRecovering: false,
  position: { epoch: "e", seq: 4 },
  head: 4,
};
const send = { type: "send", id: "t1Xx", to: "101", text: "Agreed." };

describe("what is understood", () => {
  test("[P2] every valid message up round-trips through its frame", () => {
    fc.assert(
      fc.property(ups, (message) => {
        expect(decodeUp(JSON.stringify(message))).toEqual({ ok: true, message });
      }),
    );
  });

  test("[P2] every valid message down round-trips through its frame", () => {
    fc.assert(
      fc.property(downs, (message) => {
        expect(decodeDown(JSON.stringify(message))).toEqual({ ok: true, message });
      }),
    );
  });

  test("[P4] fields that a side does not know are dropped, at every depth", () => {
    const position = { epoch: "e", seq: 41 };
    const hello = { type: "hello", token: "t", position: { ...position, shard: 3 }, agent: "x" };
    expect(decodeUp(JSON.stringify(hello))).toStrictEqual({
      ok: true,
      message: { type: "hello", token: "t", position },
    });
    expect(decodeUp(JSON.stringify({ ...send, at: 5, from: "mallory" }))).toStrictEqual({ ok: true, message: send });

    const receipt = { kind: "receipt", seq: 1, state: "delivered", to: "101", ids: ["a"], at: 1 };
    const entries = { type: "entries", entries: [{ ...receipt, device: "phone" }], more: true };
    expect(decodeDown(JSON.stringify(entries))).toStrictEqual({
      ok: true,
      message: { type: "entries", entries: [receipt] },
    });
  });

  test("[P5] strings come out byte for byte, white space, composition and escapes included", () => {
    for (const text of [" a ", "e\u0301", "\u00e9", "</script>&amp;", "\u202eabc", "\ufeffa", "\u2028", "\ud800"]) {
      expect(decodeUp(JSON.stringify({ ...send, text }))).toStrictEqual({ ok: true, message: { ...send, text } });
    }
  });

  test("[P8] a welcome that did not recover carries its snapshot, one that did carries none", () => {
    expect(decodeDown(JSON.stringify({ ...welcome, recovered: true }))).toMatchObject({ ok: true });
    expect(decodeDown(JSON.stringify({ ...welcome, recovered: false }))).toMatchObject({ ok: false });
    const snapshot = { notifications: [], sent: [], acked: 0 };
    expect(decodeDown(JSON.stringify({ ...welcome, recovered: false, snapshot }))).toMatchObject({ ok: true });
  });
});

describe("what is refused", () => {
  const faults: readonly (readonly [frame: string, reason: string])[] = [
    ["", "bad frame: not JSON"],
    ["{", "bad frame: not JSON"],
    ["{'type':'ping'}", "bad frame: not JSON"],
    ['{"type":"ping"}{"type":"ping"}', "bad frame: not JSON"],
    ["null", "bad frame: not an object"],
    ["42", "bad frame: not an object"],
    ['"ping"', "bad frame: not an object"],
    ['[{"type":"ping"}]', "bad frame: not an object"],
    ["{}", "bad frame: unknown type"],
    ['{"type":"dispatch"}', "bad frame: unknown type"],
    ['{"type":"Ping"}', "bad frame: unknown type"],
    ['{"type":["ping"]}', "bad frame: unknown type"],
    ['{"type":null}', "bad frame: unknown type"],
    ['{"type":"welcome"}', "bad frame: unknown type"],
    ['{"type":"hello"}', "bad frame: token"],
    ['{"type":"hello","token":7}', "bad frame: token"],
    ['{"type":"hello","token":"t","position":null}', "bad frame: position"],
    ['{"type":"hello","token":"t","position":{"seq":1}}', "bad frame: position.epoch"],
    ['{"type":"hello","token":"t","position":{"epoch":"","seq":1}}', "bad frame: position.epoch"],
    ['{"type":"hello","token":"t","position":{"epoch":"e","seq":"1"}}', "bad frame: position.seq"],
    ['{"type":"send","to":"101","text":"x"}', "bad frame: id"],
    ['{"type":"send","id":"a b","to":"101","text":"x"}', "bad frame: id"],
    ['{"type":"send","id":"a","to":101,"text":"x"}', "bad frame: to"],
    ['{"type":"send","id":"a","to":"101"}', "bad frame: text"],
    ['{"type":"send","id":"a","to":"101","text":"x","thread":null}', "bad frame: thread"],
    ['{"type":"ack"}', "bad frame: seq"],
  ];

  test.each(faults)("[P3] %s → %s", (frame, reason) => {
    expect(decodeUp(frame)).toStrictEqual({ ok: false, reason });
  });

  test("[P3] an epoch has at most 64 characters, whatever a client makes of it", () => {
    const hello = (epoch: string) => JSON.stringify({ type: "hello", token: "t", position: { epoch, seq: 0 } });
    expect(decodeUp(hello("e".repeat(64)))).toMatchObject({ ok: true });
    expect(decodeUp(hello("e".repeat(65)))).toStrictEqual({ ok: false, reason: "bad frame: position.epoch" });
  });

  test("[P4] a client is told that it does not know a type or a kind", () => {
    expect(decodeDown('{"type":"presence","who":["101"]}').ok).toBe(false);
    expect(decodeDown('{"type":"entries","entries":[{"kind":"edit","seq":1,"at":1}]}').ok).toBe(false);
    expect(decodeDown('{"type":"hello","token":"t"}').ok).toBe(false);
  });
});
