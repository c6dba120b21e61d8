import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeDown, decodeUp, limits } from "./index.ts";
import { downs, ups } from "./testing/messages.ts";

const welcome = {
  type: "welcome",
  uid: "101",
  session: "s",
  wasRecovering: false,
  position: { epoch: "e", seq: 4 },
  head: 4,
  counts: { unseen: 1, unread: 2, asOf: 4 },
  expiresIn: 3_600_000,
};
const draft = { id: "t1Xx", to: "101", text: "Agreed." };
const send = { type: "send", ...draft };

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

  test.each([
    ['{"type":"ack","seq":0}', 0],
    ['{"type":"ack","seq":42}', 42],
    ['{"type":"ack","seq":999999999999999}', 999_999_999_999_999],
    ['{"type":"ack","seq":9007199254740991}', Number.MAX_SAFE_INTEGER],
    [' {"seq":42,"type":"ack","more":1}', 42],
    ['{"type":"ack","seq":4.2e1}', 42],
  ])("[P14] an acknowledgement is understood however it is written: %s", (frame, seq) => {
    expect(decodeUp(frame)).toStrictEqual({ ok: true, message: { type: "ack", seq } });
  });

  test.each([
    ['{"type":"hello","token":"a.b-c_9.d"}', { token: "a.b-c_9.d" }],
    ['{"type":"hello","token":""}', { token: "" }],
    ['{"type":"hello","token":"a b"}', { token: "a b" }],
    ['{"token":"a.b.c", "type":"hello","more":1}', { token: "a.b.c" }],
    [
      '{"type":"hello","token":"a.b.c","position":{"epoch":"V1-_9","seq":48}}',
      { token: "a.b.c", position: { epoch: "V1-_9", seq: 48 } },
    ],
    [
      '{"type":"hello","token":"a.b.c","position":{"seq":0,"epoch":"é"}}',
      { token: "a.b.c", position: { epoch: "é", seq: 0 } },
    ],
  ])("[P8] a hello is understood however it is written: %s", (frame, said) => {
    expect(decodeUp(frame)).toStrictEqual({ ok: true, message: { type: "hello", ...said } });
  });

  test.each([
    ['"position":{"epoch":"","seq":1}'],
    [`"position":{"epoch":"${"x".repeat(65)}","seq":1}`],
    ['"position":{"epoch":"e","seq":-1}'],
    ['"position":{"epoch":"e","seq":9007199254740992}'],
    ['"position":{"epoch":"e"}'],
    ['"position":"e"'],
  ])("[P8] a hello from nowhere is no hello: %s", (position) => {
    expect(decodeUp(`{"type":"hello","token":"a.b.c",${position}}`)).toMatchObject({ ok: false });
  });

  test.each(["-1", "042", "4.5", "9007199254740992", "1e400", '"42"', "null", "42}{"])(
    "[P14] [P3] nothing is acknowledged by %s",
    (seq) => {
      expect(decodeUp(`{"type":"ack","seq":${seq}}`)).toMatchObject({ ok: false });
    },
  );

  test("[P5] strings come out byte for byte, white space, composition and escapes included", () => {
    for (const text of [" a ", "e\u0301", "\u00e9", "</script>&amp;", "\u202eabc", "\ufeffa", "\u2028", "\ud800"]) {
      expect(decodeUp(JSON.stringify({ ...send, text }))).toStrictEqual({ ok: true, message: { ...send, text } });
    }
  });

  test("[P25] every welcome has its counts", () => {
    const { counts, ...uncounted } = welcome;
    expect(decodeDown(JSON.stringify({ ...uncounted, recovered: true }))).toMatchObject({ ok: false });
    expect(decodeDown(JSON.stringify({ ...uncounted, recovered: true, counts }))).toMatchObject({ ok: true });
  });

  test("[P17] every welcome says how long its token holds, and so does a renewal", () => {
    const { expiresIn, ...endless } = welcome;
    expect(decodeDown(JSON.stringify({ ...endless, recovered: true }))).toMatchObject({ ok: false });
    expect(decodeDown(JSON.stringify({ type: "renewed", id: "n1", expiresIn }))).toMatchObject({ ok: true });
    expect(decodeDown(JSON.stringify({ type: "renewed", id: "n1", expiresIn: -1 }))).toMatchObject({ ok: false });
    expect(decodeUp('{"type":"renew","id":"n1"}')).toMatchObject({ ok: false, reason: "bad frame: token" });
  });

  test("[P8] a welcome that did not recover carries its snapshot, one that did carries none", () => {
    expect(decodeDown(JSON.stringify({ ...welcome, recovered: true }))).toMatchObject({ ok: true });
    expect(decodeDown(JSON.stringify({ ...welcome, recovered: false }))).toMatchObject({ ok: false });
    const snapshot = { notifications: [], sent: [], acked: 0, mutes: [] };
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
    ['{"type":"batch","drafts":[]}', "bad frame: drafts"],
    ['{"type":"batch","drafts":[{"id":"a","to":"101"}]}', "bad frame: drafts.0.text"],
    ['{"type":"mark","mark":"read","target":{"upTo":4}}', "bad frame: id"],
    ['{"type":"mark","id":"m","mark":"deleted","target":{"upTo":4}}', "bad frame: mark"],
    ['{"type":"mark","id":"m","mark":"read"}', "bad frame: target"],
    ['{"type":"mark","id":"m","mark":"read","target":{}}', "bad frame: target"],
    ['{"type":"mark","id":"m","mark":"read","target":{"upTo":-1}}', "bad frame: target.upTo"],
    ['{"type":"mark","id":"m","mark":"read","target":{"seqs":[]}}', "bad frame: target.seqs"],
    ['{"type":"snooze","id":"z","seqs":[]}', "bad frame: seqs"],
    ['{"type":"snooze","id":"z","seqs":[1],"until":null}', "bad frame: until"],
    ['{"type":"snooze","id":"z","seqs":[1],"until":1.5}', "bad frame: until"],
    ['{"type":"mute","id":"u","muted":true}', "bad frame: target"],
    ['{"type":"mute","id":"u","target":{},"muted":true}', "bad frame: target"],
    ['{"type":"mute","id":"u","target":{"thread":"t"}}', "bad frame: muted"],
    ['{"type":"quiet","id":"q","until":"tomorrow"}', "bad frame: until"],
    ['{"type":"attend","id":"l"}', "bad frame: threads"],
    ['{"type":"page","id":"p","of":"muted","before":1,"limit":1}', "bad frame: of"],
    ['{"type":"retract","id":"r"}', "bad frame: draft"],
    ['{"type":"retract","id":"r","draft":"a b"}', "bad frame: draft"],
    ['{"type":"edit","id":"e","draft":"a"}', "bad frame: text"],
    ['{"type":"page","id":"p","of":"receipt","before":4,"limit":5}', "bad frame: of"],
    ['{"type":"page","id":"p","of":"sent","limit":5}', "bad frame: before"],
    ['{"type":"page","id":"p","of":"sent","before":4,"limit":0}', "bad frame: limit"],
    ['{"type":"page","id":"p","of":"sent","before":4,"limit":101}', "bad frame: limit"],
  ];

  test.each(faults)("[P3] %s → %s", (frame, reason) => {
    expect(decodeUp(frame)).toStrictEqual({ ok: false, reason });
  });

  test("[P3] an epoch has at most 64 characters, whatever a client makes of it", () => {
    const hello = (epoch: string) => JSON.stringify({ type: "hello", token: "t", position: { epoch, seq: 0 } });
    expect(decodeUp(hello("e".repeat(64)))).toMatchObject({ ok: true });
    expect(decodeUp(hello("e".repeat(65)))).toStrictEqual({ ok: false, reason: "bad frame: position.epoch" });
  });

  test("[P23] a mark names at most 200 notifications", () => {
    const mark = (seqs: readonly number[]) => JSON.stringify({ type: "mark", id: "m", mark: "seen", target: { seqs } });
    const many = Array.from({ length: limits.markedAtOnce }, (_, i) => i + 1);
    expect(decodeUp(mark(many))).toMatchObject({ ok: true });
    expect(decodeUp(mark([...many, 9_999]))).toStrictEqual({ ok: false, reason: "bad frame: target" });
  });

  test("[P22] a batch has at most 50 drafts", () => {
    const batch = (count: number) =>
      JSON.stringify({ type: "batch", drafts: Array.from({ length: count }, (_, i) => ({ ...draft, id: `d${i}` })) });
    expect(decodeUp(batch(limits.draftsAtOnce))).toMatchObject({ ok: true });
    expect(decodeUp(batch(limits.draftsAtOnce + 1))).toStrictEqual({ ok: false, reason: "bad frame: drafts" });
  });

  test("[P4] a client is told that it does not know a type or a kind", () => {
    expect(decodeDown('{"type":"presence","who":["101"]}').ok).toBe(false);
    expect(decodeDown('{"type":"entries","entries":[{"kind":"poke","seq":1,"at":1}]}').ok).toBe(false);
    expect(decodeDown('{"type":"hello","token":"t"}').ok).toBe(false);
  });
});
