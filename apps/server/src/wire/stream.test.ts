import { BlockList } from "node:net";
import { Close, limits, type Position } from "@carillon/protocol";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answersOn } from "../testing/answers-on.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";
import { Admission } from "./admission.ts";
import type { ConnectionOptions } from "./connection.ts";
import { createHttp, refuseWhile } from "./http.ts";
import { offerStreams } from "./stream.ts";

let hub: TestHub;
beforeAll(
  async () =>
    (hub = await startTestHub({
      CARILLON_SENDS_PER_SECOND: "0",
      CARILLON_ORIGINS: "https://site.example",
      CARILLON_PING_INTERVAL: "1",
      CARILLON_PING_ANSWER: "1",
    })),
);
afterAll(() => hub.close());

const stream = (uid: string) => hub.over("stream").tab(uid) as Promise<ReturnType<TestHub["stream"]>>;

describe("the stream", () => {
  it("[P40] is of events that nobody may keep, change or hold back", async () => {
    const line = await stream("100");
    expect([line.status, line.headers]).toMatchObject([
      200,
      {
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
        "x-content-type-options": "nosniff",
      },
    ]);
    expect(line.headers).not.toHaveProperty("content-encoding");
  });

  it.each([
    ["no token", {}, 401, Close.tokenRefused],
    ["a token in the wrong scheme", { authorization: "Basic MTAwOjEwMA==" }, 401, Close.tokenRefused],
    ["garbage", { authorization: "Bearer a.b.c" }, 401, Close.tokenRefused],
  ])("[P40] with %s answers in HTTP's words and in ours", async (_what, headers, status, close) => {
    const response = await fetch(`${hub.url}/v1/stream`, { headers });
    expect([response.status, await response.text()]).toEqual([
      status,
      `event: close\ndata: ${JSON.stringify(close)}\n\n`,
    ]);
  });

  it("[P40] takes no token from its URL", async () => {
    const response = await fetch(`${hub.url}/v1/stream?token=${await hub.token("100")}`);
    expect(response.status).toBe(401);
    await response.arrayBuffer();
  });

  it("[P40] is not what HEAD asks for", async () => {
    expect((await fetch(`${hub.url}/v1/stream`, { method: "HEAD" })).status).toBe(405);
  });

  it("[P41] gives each position that it reaches as an id, and resumes after any of them", async () => {
    const line = hub.stream();
    const { position } = (await line.hello(await hub.token("bob"))) as { position: Position };
    const author = await hub.tab("alice");
    for (const id of ["d1", "d2"]) {
      author.send({ type: "send", id, to: "bob", text: id });
      expect(await line.next()).toMatchObject({ entries: [{ id }] });
    }
    line.send({ type: "ping" });
    expect(await line.next()).toEqual({ type: "pong" });
    expect(line.ids).toEqual([0, 1, 2].map((seq) => `${position.epoch}:${seq}`));

    const again = hub.stream();
    expect(await again.hello(await hub.token("bob"), line.ids[1])).toMatchObject({ recovered: true, head: 2 });
    expect(await again.next()).toMatchObject({ entries: [{ seq: 2, id: "d2" }] });
  });

  it.each(["7", "epoch:", "epoch:x", ":1"])("[P41] refuses %j as a Last-Event-ID", async (id) => {
    const line = hub.stream();
    void line.hello(await hub.token("100"), id);
    expect(await line.closed).toEqual({ code: Close.badFrame.code, reason: "bad frame: Last-Event-ID" });
    expect(line.status).toBe(400);
  });

  it("[P41] an empty Last-Event-ID is none", async () => {
    const line = hub.stream();
    expect(await line.hello(await hub.token("100"), "")).toMatchObject({ wasRecovering: false });
  });
});

describe("what is posted", () => {
  it("[P42] is taken in order, as many at once as the list holds", async () => {
    const line = await stream("carol");
    const drafts = ["c1", "c2"].map((id) => ({ type: "send", id, to: "nobody", text: id }));
    expect(await line.post(JSON.stringify([...drafts, { type: "ping" }]))).toBe(202);
    expect(await answersOn(line, "sent", 2)).toMatchObject([
      { id: "c1", seq: 1 },
      { id: "c2", seq: 2 },
    ]);
  });

  it("[P42] is a frame as large as one on a socket, and no byte more", async () => {
    const line = await stream("dora");
    const frame = (bytes: number) => `{"type":"ping","pad":"${"x".repeat(bytes - 24)}"}`;
    expect(await line.post(frame(limits.frameBytes))).toBe(202);
    expect(await line.next()).toEqual({ type: "pong" });
    expect(await line.post(frame(limits.frameBytes + 1))).toBe(413);
    const most = Array.from({ length: limits.messagesAtOnce }, () => ({ type: "ack", seq: 0 }));
    expect(await line.post(JSON.stringify(most))).toBe(202);
    expect(await line.post(JSON.stringify([...most, most[0]]))).toBe(413);
    line.send({ type: "ping" });
    expect(await line.next()).toEqual({ type: "pong" });
  });

  it("[P42] to a stream that is gone, was never there, or is another user's, is told the same", async () => {
    const [line, gone] = await Promise.all([stream("erin"), stream("erin")]);
    await gone.close();
    const others = await hub.token("mallory");
    expect(await line.post("[]", { token: others })).toBe(404);
    expect(await line.post("[]", { session: "nothing" })).toBe(404);
    await expect.poll(() => gone.post("[]")).toBe(404);
    expect(await line.post("[]")).toBe(202);
  });

  it("[P42] with a token that is expired or refused is not taken", async () => {
    const line = await stream("finn");
    expect(await line.post("[]", { token: await hub.token("finn", { lifetime: -31 }) })).toBe(401);
    expect(await line.post("[]", { token: "garbage" })).toBe(401);
  });

  it("[P42] that is not JSON by its own account is not read", async () => {
    const response = await fetch(`${hub.url}/v1/stream/any`, { method: "POST", body: "[]" });
    expect(response.status).toBe(415);
  });

  it("[P3] behind a message that breaks the protocol is not heard", async () => {
    const line = await stream("gina");
    line.send(JSON.stringify([{ type: "nonsense" }, { type: "send", id: "g1", to: "gina", text: "too late" }]));
    expect(await line.closed).toMatchObject({ code: Close.badFrame.code });
    expect(await hub.stream().hello(await hub.token("gina"))).toMatchObject({ head: 0 });
  });
});

it("[P21] while the hub sends its streams away, those that are left are heard, and there are no new ones", async () => {
  const log = pino({ level: "silent" });
  const http = await createHttp(log);
  refuseWhile(http, () => true);
  const verify = async () => ({ outcome: "refused" });
  const plenty = { perAddress: 9, strangersPerAddress: 9, perProcess: 9 };
  const admission = new Admission({ trustedProxies: new BlockList(), ...plenty, log });
  offerStreams(http, { origins: [], admission, connection: { verify } as unknown as ConnectionOptions });
  const post = { method: "POST", url: "/v1/stream/any", body: [] } as const;
  expect((await http.inject(post)).json()).toMatchObject({ code: "tokenRefused" });
  expect((await http.inject({ url: "/v1/stream" })).statusCode).toBe(503);
  await http.close();
});

describe("pages of other origins", () => {
  const headers = (origin: string) => ({ origin, "access-control-request-method": "GET" });

  it.each(["/v1/stream", "/v1/stream/any"])("[P40] may ask for %s where they may open a socket", async (path) => {
    const allowed = await fetch(`${hub.url}${path}`, { method: "OPTIONS", headers: headers("https://site.example") });
    expect([allowed.status, Object.fromEntries(allowed.headers)]).toMatchObject([
      204,
      {
        "access-control-allow-origin": "https://site.example",
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "authorization, content-type, last-event-id",
        vary: "origin",
      },
    ]);
    for (const origin of ["https://evil.example", "null", "https://site.example.evil.example", "http://site.example"]) {
      const refused = await fetch(`${hub.url}${path}`, { method: "OPTIONS", headers: headers(origin) });
      expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    }
  });

  it("[P40] are told of a stream only where they may have one", async () => {
    const line = hub.stream();
    await line.hello(await hub.token("100"), undefined, { origin: "https://site.example" });
    expect([line.status, line.headers["access-control-allow-origin"]]).toEqual([200, "https://site.example"]);
    const evil = { authorization: `Bearer ${await hub.token("100")}`, origin: "https://evil.example" };
    const response = await fetch(`${hub.url}/v1/stream`, { headers: evil });
    expect([response.status, await response.json()]).toMatchObject([403, { code: "originRefused" }]);
  });
});

describe("a stream", () => {
  it("[P43] that answers no ping is closed as silent, one that answers is not", async () => {
    const [silent, answering] = await Promise.all([stream("henry"), stream("henry")]);
    silent.answersPings = false;
    expect(await silent.closed).toEqual(Close.silent);
    answering.send({ type: "ping" });
    expect(await answering.next()).toEqual({ type: "pong" });
  }, 15_000);

  it("[P43] that is left is forgotten at once", async () => {
    const line = await stream("ida");
    const gone = hub.logs.length;
    await line.close();
    await expect.poll(() => hub.logs.slice(gone).join("")).toContain("connection gone");
  });

  it("[P30] [P43] that does not read is closed as too slow, and misses nothing when it comes back", async () => {
    const [sender, other] = await Promise.all([hub.tab("sam"), hub.tab("other")]);
    const reader = await stream("slow");
    const { epoch } = ((await hub.stream().hello(await hub.token("slow"))) as { position: Position }).position;
    reader.pause();
    const beats = setInterval(() => void reader.post("[]"), 300);
    const drafts = 700; // 8.4 MB: more than the kernel's buffers and the hub's limit together.
    for (let n = 0; n < drafts; n++) {
      sender.send({ type: "send", id: `d${n}`, to: "slow", text: "界".repeat(4_000) });
      expect(await sender.next()).toMatchObject({ type: "entries" });
      expect(await sender.next()).toMatchObject({ type: "sent", id: `d${n}` });
    }
    clearInterval(beats);
    sender.send({ type: "send", id: "others", to: "other", text: "still here" });
    expect(await other.next()).toMatchObject({ entries: [{ text: "still here" }] });
    reader.resume();
    const received: number[] = [];
    for (let frame = await reader.next(); isEntries(frame); frame = await reader.next())
      received.push(...frame.entries.map(({ seq }) => seq));
    expect(received.length).toBeLessThan(drafts);

    const again = hub.stream();
    await again.hello(await hub.token("slow"), { epoch, seq: received.length });
    while (received.length < drafts) {
      const frame = await again.next();
      if (!isEntries(frame)) throw new Error(`Expected entries: ${JSON.stringify(frame).slice(0, 100)}`);
      received.push(...frame.entries.map(({ seq }) => seq));
    }
    expect(received).toEqual(Array.from({ length: drafts }, (_, n) => n + 1));
  }, 60_000);
});

function isEntries(frame: unknown): frame is { entries: { seq: number }[] } {
  return typeof frame === "object" && frame !== null && "entries" in frame;
}
