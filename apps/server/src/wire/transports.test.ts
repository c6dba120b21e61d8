import { Close, limits, type Position } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { talkingPair } from "../testing/talking-pair.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub({ CARILLON_SENDS_PER_SECOND: "0" })));
afterAll(() => hub.close());
const pair = talkingPair(() => hub);

/** The rules that no transport changes. */
describe.each(["websocket", "stream"] as const)("over %s", (transport) => {
  const name = (uid: string) => `${uid} on ${transport}`;
  const tab = (uid: string, position?: unknown) => hub.over(transport).tab(name(uid), position);
  const line = () => hub.over(transport).line();

  /** Stores so many notifications for this user. */
  async function store(uid: string, count: number) {
    const sender = await hub.tab(`${name(uid)}'s friend`);
    for (let from = 0; from < count; from += limits.draftsAtOnce) {
      const drafts = Array.from({ length: Math.min(limits.draftsAtOnce, count - from) }, (_, n) => ({
        id: `d${from + n + 1}`,
        to: name(uid),
        text: `text ${from + n + 1}`,
      }));
      sender.send({ type: "batch", drafts });
      for (let answers = 0; answers < drafts.length;) {
        const frame = await sender.next();
        if (isOf("sent", frame)) answers += 1;
        else expect(frame).toMatchObject({ type: "entries" });
      }
    }
    await sender.close();
  }

  it("[P8] the first hello gives a snapshot with its position", async () => {
    const first = await line();
    expect(await first.hello(await hub.token(name("new")))).toEqual({
      type: "welcome",
      uid: name("new"),
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

  it("[P7] [P8] a position resumes: every entry after it, once, in order, then live ones", async () => {
    const before = await line();
    const { position } = (await before.hello(await hub.token(name("carol")))) as { position: Position };
    await before.close();
    await store("carol", 300);

    const after = await line();
    const welcome = await after.hello(await hub.token(name("carol")), position);
    expect(welcome).toMatchObject({ recovered: true, wasRecovering: true, position, head: 300 });
    pair.alice.send({ type: "send", id: `live-${transport}`, to: name("carol"), text: "live" });
    for (let frames = 0; frames < 2; frames++) await pair.alice.next();
    const seqs: number[] = [];
    while (seqs.length < 301) seqs.push(...seqsOf(await after.next()));
    expect(seqs).toEqual(Array.from({ length: 301 }, (_, n) => n + 1));
  });

  it("[P8] a position that cannot be resumed, of another epoch or too far behind, gives a snapshot", async () => {
    await store("dora", limits.recoveryEntries + 1);
    const other = await line();
    expect(await other.hello(await hub.token(name("dora")), { epoch: "another", seq: 1 })).toMatchObject({
      recovered: false,
      wasRecovering: true,
      position: { seq: limits.recoveryEntries + 1 },
    });
    const { position } = (await (await line()).hello(await hub.token(name("dora")))) as { position: Position };
    const late = await line();
    expect(await late.hello(await hub.token(name("dora")), { ...position, seq: 0 })).toMatchObject({
      recovered: false,
      snapshot: { acked: 0 },
    });
  });

  it("[P14] only what is acknowledged is delivered", async () => {
    const [author, reader] = await Promise.all([tab("erin"), tab("finn")]);
    author.send({ type: "send", id: "d1", to: name("finn"), text: "Have you got it?" });
    for (let frames = 0; frames < 2; frames++) await author.next();
    expect(await reader.next()).toMatchObject({ entries: [{ seq: 1 }] });
    author.send({ type: "ping" });
    expect(await author.next()).toEqual({ type: "pong" }); // No receipt came before it.
    reader.send({ type: "ack", seq: 1 });
    expect(await author.next()).toMatchObject({ entries: [{ kind: "receipt", state: "delivered", ids: ["d1"] }] });
  });

  it("[P16] an expired token and one that is refused close with their codes", async () => {
    const expired = await line();
    void expired.hello(await hub.token(name("eve"), { lifetime: -31 }));
    expect(await expired.closed).toEqual(Close.tokenExpired);
    for (const token of [await hub.token("eve", { audience: "another" }), "garbage", "x".repeat(10_000)]) {
      const refused = await line();
      void refused.hello(token);
      expect(await refused.closed).toEqual(Close.tokenRefused);
    }
  });

  it("[P17] a connection ends with its token", async () => {
    const short = await line();
    await short.hello(await hub.token(name("shortlived"), { lifetime: 1 }));
    expect(await short.closed).toEqual(Close.tokenExpired);
  });

  it("[P12] the same id gives the first result, with another body a conflict", async () => {
    const author = await tab("gina");
    const draft = { type: "send", id: "d1", to: "nobody", text: "once" };
    author.send(draft);
    expect(await author.next()).toMatchObject({ entries: [{ kind: "sent", id: "d1" }] });
    expect(await author.next()).toMatchObject({ type: "sent", id: "d1", seq: 1 });
    author.send(draft);
    expect(await author.next()).toMatchObject({ type: "sent", id: "d1", seq: 1, duplicate: true });
    author.send({ ...draft, text: "twice" });
    expect(await author.next()).toMatchObject({ type: "refused", id: "d1", code: "conflict" });
  });

  const broken: readonly (readonly [what: string, frame: unknown, reason: string])[] = [
    ["not JSON", "{", "bad frame: not JSON"],
    ["a string", '"hello"', "bad frame: not an object"],
    ["an unknown type", { type: "subscribe" }, "bad frame: unknown type"],
    ["a type named __proto__", '{"type":"__proto__"}', "bad frame: unknown type"],
    ["a text that is no string", { type: "send", id: "d", to: "bob", text: 5 }, "bad frame: text"],
    ["a huge seq", '{"type":"ack","seq":1e400}', "bad frame: seq"],
    ["an ack of what was never sent", { type: "ack", seq: 1 }, "bad frame: ack of an entry that was not sent"],
    ["a second hello", { type: "hello", token: "x" }, "bad frame: second hello"],
  ];
  it.each(broken)("[P3] %s: closed", async (_what, frame, reason) => {
    const mallory = await tab("mallory");
    mallory.send(frame);
    expect(await mallory.closed).toEqual({ code: Close.badFrame.code, reason });
  });

  it("[P4] fields that the hub does not know are ignored, whatever they are called", async () => {
    const frank = await tab("frank");
    frank.send('{"type":"ping","__proto__":{"admin":true},"constructor":1,"more":{}}');
    expect(await frank.next()).toEqual({ type: "pong" });
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  it("[P5] emoji, right-to-left and line ends of every kind arrive byte for byte", async () => {
    const text = '👩‍👩‍👧‍👦 \u202Eשלום\u202C a\u200Bb e\u0301 \\ " \u2028 \u2029\r\n\n\r\tdata: x\n\nend';
    const reader = await tab("ivan 🙂");
    pair.alice.send({ type: "send", id: `exact-${transport}`, to: name("ivan 🙂"), text });
    expect(await reader.next()).toMatchObject({ entries: [{ text }] });
    for (let frames = 0; frames < 2; frames++) await pair.alice.next();
  });
});

describe.each(["websocket", "stream"] as const)("the hub hangs up on %s", (transport) => {
  it("[P20] where a newer connection replaces it, whatever that is", async () => {
    const latest = await startTestHub({ CARILLON_CONNECTIONS: "latest" });
    const older = await latest.over(transport).tab("100");
    const newer = await latest.over(transport === "stream" ? "websocket" : "stream").tab("100");
    expect(await older.closed).toEqual(Close.replaced);
    newer.send({ type: "ping" });
    expect(await newer.next()).toEqual({ type: "pong" });
    await latest.close();
  });

  it("[P21] when it restarts, and says so", async () => {
    const restarting = await startTestHub();
    const line = await restarting.over(transport).tab("100");
    const [closed] = await Promise.all([line.closed, restarting.stop()]);
    expect(closed).toEqual(Close.restarting);
  });
});

function isOf(type: string, frame: unknown): boolean {
  return typeof frame === "object" && frame !== null && "type" in frame && frame.type === type;
}

function seqsOf(frame: unknown): number[] {
  return (frame as { entries: { seq: number }[] }).entries.map(({ seq }) => seq);
}
