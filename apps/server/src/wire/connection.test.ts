import { Close, limits } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answersOn } from "../testing/answers-on.ts";
import { talkingPair } from "../testing/talking-pair.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub({ CARILLON_SENDS_AT_ONCE: "200" })));
afterAll(() => hub.close());
talkingPair(() => hub);

describe("hello", () => {
  it("[P8] the first time gives a snapshot with its position", async () => {
    const line = await hub.line();
    expect(await line.hello(await hub.token("new"))).toEqual({
      type: "welcome",
      uid: "new",
      session: expect.any(String),
      wasRecovering: false,
      recovered: false,
      position: { epoch: expect.any(String), seq: 0 },
      head: 0,
      counts: { unseen: 0, unread: 0, asOf: 0 },
      expiresIn: expect.any(Number),
      snapshot: { notifications: [], sent: [], acked: 0, mutes: [] },
    });
  });

  it("[P8] with a position gives the entries after it, and nothing else", async () => {
    const first = await hub.line();
    const { position } = (await first.hello(await hub.token("carol"))) as { position: { epoch: string; seq: number } };
    await first.close();
    const sender = await hub.tab("dave");
    for (const id of ["d1", "d2"]) sender.send({ type: "send", id, to: "carol", text: id });
    await answersOn(sender, "sent", 2);

    const second = await hub.line();
    expect(await second.hello(await hub.token("carol"), position)).toMatchObject({
      recovered: true,
      wasRecovering: true,
      position,
      head: 2,
    });
    expect(await second.next()).toMatchObject({
      type: "entries",
      entries: [
        { seq: 1, id: "d1" },
        { seq: 2, id: "d2" },
      ],
    });
    second.send({ type: "ping" });
    expect(await second.next()).toEqual({ type: "pong" });
  });

  it("[P16] without a token, forged, of another audience or garbage: closed for good, the last three alike", async () => {
    const forged = (await hub.token("eve")).slice(0, -4) + "AAAA";
    const others = await hub.token("eve", { audience: "another" });
    for (const token of [forged, others, "", "garbage", "a.b.c", "x".repeat(10_000)]) {
      const line = await hub.line();
      line.send({ type: "hello", token });
      expect(await line.closed).toEqual(Close.tokenRefused);
    }
    const line = await hub.line();
    line.send({ type: "hello" });
    expect(await line.closed).toEqual({ ...Close.badFrame, reason: "bad frame: token" });
  });

  it("[P16] an expired token: closed, to come back with a new one", async () => {
    const line = await hub.line();
    line.send({ type: "hello", token: await hub.token("eve", { lifetime: -31 }) });
    expect(await line.closed).toEqual(Close.tokenExpired);
  });

  it("[P17] a connection ends with its token", async () => {
    const line = await hub.line();
    await line.hello(await hub.token("shortlived", { lifetime: 1 }));
    expect(await line.closed).toEqual(Close.tokenExpired);
  });
});

describe("frames that break the protocol", () => {
  const broken: readonly (readonly [what: string, frame: unknown, code: number, reason: string])[] = [
    ["not JSON", "{", 4500, "bad frame: not JSON"],
    ["an array", "[]", 4500, "bad frame: not an object"],
    ["null", "null", 4500, "bad frame: not an object"],
    ["a string", '"hello"', 4500, "bad frame: not an object"],
    ["no type", "{}", 4500, "bad frame: unknown type"],
    ["an unknown type", { type: "subscribe" }, 4500, "bad frame: unknown type"],
    ["a type named constructor", { type: "constructor" }, 4500, "bad frame: unknown type"],
    ["a type named __proto__", '{"type":"__proto__"}', 4500, "bad frame: unknown type"],
    ["a text that is no string", { type: "send", id: "d", to: "bob", text: 5 }, 4500, "bad frame: text"],
    ["an id that is no id", { type: "send", id: "no spaces", to: "bob", text: "x" }, 4500, "bad frame: id"],
    ["a huge seq", '{"type":"ack","seq":1e400}', 4500, "bad frame: seq"],
    ["an unsafe seq", '{"type":"ack","seq":9007199254740993}', 4500, "bad frame: seq"],
    ["an ack of what was never sent", { type: "ack", seq: 1 }, 4500, "bad frame: ack of an entry that was not sent"],
    ["a second hello", { type: "hello", token: "x" }, 4500, "bad frame: second hello"],
    ["a binary frame", Buffer.from("{}"), 1003, "binary frame"],
    ["a frame over the limit", `{"type":"ping","pad":"${"x".repeat(limits.frameBytes)}"}`, 1009, ""],
  ];
  it.each(broken)("[P2] [P3] %s: closed", async (_what, frame, code, reason) => {
    const line = await hub.tab("mallory");
    line.send(frame);
    expect(await line.closed).toEqual({ code, reason });
  });

  it("[P3] anything before the welcome: closed", async () => {
    const line = await hub.line();
    line.send({ type: "send", id: "early", to: "bob", text: "x" });
    expect(await line.closed).toMatchObject({ code: 4500, reason: "bad frame: hello, then welcome, come first" });
  });

  it("[P4] fields that the hub does not know are ignored, whatever they are called", async () => {
    const line = await hub.tab("frank");
    line.send('{"type":"ping","__proto__":{"admin":true},"constructor":1,"more":{}}');
    expect(await line.next()).toEqual({ type: "pong" });
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });
});

describe("send", () => {
  const refused: readonly (readonly [
    what: string,
    draft: { to: string; text: string; thread?: string },
    code: string,
  ])[] = [
    ["an empty text", { to: "bob", text: "" }, "emptyText"],
    ["white space alone", { to: "bob", text: " \n\t\u3000" }, "emptyText"],
    ["a text too long", { to: "bob", text: "x".repeat(limits.textLength + 1) }, "textTooLong"],
    ["a lone surrogate in the text", { to: "bob", text: "a\ud83d" }, "malformedText"],
    ["NUL in the text", { to: "bob", text: "a\u0000" }, "malformedText"],
    ["an empty target", { to: "", text: "x" }, "invalidTarget"],
    ["a target too long", { to: "é".repeat(65), text: "x" }, "invalidTarget"],
    ["a control character in the target", { to: "bob\n", text: "x" }, "invalidTarget"],
    ["a lone surrogate in the target", { to: "bob\udc00", text: "x" }, "invalidTarget"],
    ["a thread too long", { to: "bob", text: "x", thread: "t".repeat(limits.threadLength + 1) }, "invalidThread"],
  ];
  it.each(refused)("[P11] %s: refused, and the connection goes on", async (_what, draft, code) => {
    const line = await hub.tab("grace");
    line.send({ type: "send", id: "d1", ...draft });
    expect(await line.next()).toEqual({ type: "refused", id: "d1", code, message: expect.any(String) });
    line.send({ type: "ping" });
    expect(await line.next()).toEqual({ type: "pong" });
  });

  it("[P5] markup, emoji, right-to-left and zero-width characters arrive byte for byte", async () => {
    const text = '<img src=x onerror=alert(1)> 👩‍👩‍👧‍👦 \u202Eשלום\u202C a\u200Bb e\u0301 é \\ " \u2028\r\n\tend ';
    const [sender, target] = await Promise.all([hub.tab("heidi"), hub.tab("ivan 🙂")]);
    sender.send({ type: "send", id: "d1", to: "ivan 🙂", text });
    expect(await target.next()).toMatchObject({ entries: [{ from: "heidi", text }] });
  });

  it("[P5] a draft of the greatest length in the widest characters fits a frame", async () => {
    const text = "界".repeat(limits.textLength);
    const [sender, target] = await Promise.all([hub.tab("judy"), hub.tab("judy's friend")]);
    sender.send({ type: "send", id: "d1", to: "judy's friend", text });
    expect(await target.next()).toMatchObject({ entries: [{ text }] });
  });

  it("[P13] to oneself is allowed, and rings", async () => {
    const line = await hub.tab("narcissus");
    line.send({ type: "send", id: "d1", to: "narcissus", text: "hello me" });
    expect(await line.next()).toMatchObject({
      entries: [
        { kind: "notification", seq: 1 },
        { kind: "sent", seq: 2 },
      ],
    });
    expect(await line.next()).toMatchObject({ type: "sent", id: "d1", seq: 2 });
  });

  it("[P12] the same id a hundred times at once is one entry", async () => {
    const [sender, target] = await Promise.all([hub.tab("oscar"), hub.tab("peggy")]);
    for (let n = 0; n < 100; n++) sender.send({ type: "send", id: "once", to: "peggy", text: "x" });
    expect(await target.next()).toMatchObject({ entries: [{ id: "once" }] });
    sender.send({ type: "send", id: "last", to: "peggy", text: "y" });
    expect(await target.next()).toMatchObject({ entries: [{ id: "last" }] });
  });

  it("[P14] stored, then delivered when the target's connection acknowledges and not before", async () => {
    const [sender, target] = await Promise.all([hub.tab("rupert"), hub.tab("sybil")]);
    sender.send({ type: "send", id: "d1", to: "sybil", text: "x" });
    expect(await sender.next()).toMatchObject({ entries: [{ kind: "sent", seq: 1 }] });
    expect(await sender.next()).toMatchObject({ type: "sent", seq: 1 });
    await target.next();
    sender.send({ type: "ping" });
    expect(await sender.next()).toEqual({ type: "pong" });
    target.send({ type: "ack", seq: 1 });
    expect(await sender.next()).toMatchObject({
      entries: [{ kind: "receipt", seq: 2, state: "delivered", to: "sybil", ids: ["d1"] }],
    });
  });
});

describe("what is logged", () => {
  it("holds no token and no text", async () => {
    const [sender, target, token] = await Promise.all([hub.tab("trent"), hub.tab("victor"), hub.token("trent")]);
    sender.send({ type: "send", id: "d1", to: "victor", text: "a secret between us" });
    await target.next();
    await Promise.all([sender.close(), target.close()]);
    const logs = hub.logs.join("");
    expect(logs).toContain("session open");
    expect(logs).not.toContain("a secret between us");
    expect(logs).not.toContain(token.slice(0, 30));
  });
});
