import { once } from "node:events";
import { connect } from "node:net";
import { Close, limits } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SocketLine } from "../testing/socket-line.ts";
import { LIMITS } from "../limits.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(
  async () =>
    (hub = await startTestHub({
      CARILLON_PING_INTERVAL: "1",
      CARILLON_PING_ANSWER: "1",
      CARILLON_SENDS_PER_SECOND: "0",
    })),
);
afterAll(() => hub.close());

describe("a connection", () => {
  it("[P18] that does not say hello is closed", async () => {
    const line = await hub.line();
    expect(await line.closed).toEqual(Close.helloTimeout);
  }, 15_000);

  it("[P19] that answers no ping is closed as silent, one that answers is not", async () => {
    const [silent, answering] = await Promise.all([hub.line({ autoPong: false }), hub.line()]);
    await Promise.all([silent.hello(await hub.token("100")), answering.hello(await hub.token("100"))]);
    expect(await silent.closed).toEqual(Close.silent);
    answering.send({ type: "ping" });
    expect(await answering.next()).toEqual({ type: "pong" });
  }, 15_000);

  it("[P19] for which any frame counts as a sign of life", async () => {
    const line = await hub.line({ autoPong: false });
    await line.hello(await hub.token("100"));
    line.socket.on("ping", () => line.send({ type: "ping" }));
    const pings: unknown[] = [];
    while (pings.length < 3) pings.push(await line.next());
    expect(pings).toEqual([{ type: "pong" }, { type: "pong" }, { type: "pong" }]);
  }, 15_000);

  it("[P30] that does not read is closed as too slow, and misses nothing when it comes back", async () => {
    const [sender, reader, other] = await Promise.all([hub.tab("alice"), hub.tab("slow"), hub.tab("other")]);
    reader.socket.pause();
    const text = "界".repeat(4_000);
    const drafts = 700; // 8.4 MB: more than the kernel's buffers and the hub's limit together.
    for (let n = 0; n < drafts; n++) {
      sender.send({ type: "send", id: `d${n}`, to: "slow", text });
      while (((await sender.next()) as { type: string }).type !== "sent");
    }
    sender.send({ type: "send", id: "others", to: "other", text: "still here" });
    expect(await other.next()).toMatchObject({ entries: [{ text: "still here" }] });
    reader.socket.resume();
    const received: number[] = [];
    for (let frame = await reader.next(); isEntries(frame); frame = await reader.next())
      received.push(...frame.entries.map(({ seq }) => seq));
    expect(received.length).toBeLessThan(drafts);

    const { position } = (await (await hub.line()).hello(await hub.token("slow"))) as { position: { epoch: string } };
    const again = await hub.line();
    await again.hello(await hub.token("slow"), { epoch: position.epoch, seq: received.at(-1) ?? 0 });
    while (received.length < drafts) {
      const frame = await again.next();
      if (!isEntries(frame)) throw new Error(`Expected entries: ${JSON.stringify(frame).slice(0, 100)}`);
      received.push(...frame.entries.map(({ seq }) => seq));
    }
    expect(received).toEqual(Array.from({ length: drafts }, (_, n) => n + 1));
  }, 60_000);

  it("[P30] that reads may be told in one turn more than may wait unread", async () => {
    const author = await hub.tab("author");
    const text = "界".repeat(4_000);
    const drafts = Math.ceil((1.5 * LIMITS.unsentBytes) / Buffer.byteLength(text));
    for (let n = 0; n < drafts; n++) author.send({ type: "send", id: `at-once-${n}`, to: "nobody", text });
    const sent: unknown[] = [];
    while (sent.length < drafts) {
      const frame = await author.next();
      expect(frame).not.toHaveProperty("closed");
      if (isEntries(frame)) sent.push(...frame.entries.map(({ id }) => id));
    }
    expect(sent).toEqual(Array.from({ length: drafts }, (_, n) => `at-once-${n}`));
  }, 30_000);

  it("[P30] that reads is never hung up on by one frame, however large its texts are", () => {
    const widest = { ...WIDEST, text: "界".repeat(limits.textLength) };
    const copy = { ...widest, url: undefined, data: undefined, priority: undefined, expiresAt: undefined }; // P10
    const bytes = (item: object) => Buffer.byteLength(JSON.stringify(item)) + 1;
    const { snapshotItems, pageItems, entriesPerFrame } = limits;
    const snapshot = snapshotItems * (bytes(widest) + bytes(copy));
    const page = Math.max(pageItems, entriesPerFrame) * bytes(widest);
    expect(Math.max(snapshot, page) + OTHER_FIELDS).toBeLessThan(LIMITS.unsentBytes);
  });

  it("that resets in the middle of a frame leaves nothing behind", async () => {
    const { port, hostname } = new URL(hub.url);
    const raw = connect(Number(port), hostname);
    raw.write(
      "GET /v1/socket HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: carillon.v1\r\n\r\n",
    );
    await once(raw, "data");
    raw.write(Buffer.from([0x81, 0xfe, 0x01]));
    raw.resetAndDestroy();
    const line = await SocketLine.open(`${hub.url.replace("http", "ws")}/v1/socket`);
    expect(await line.hello(await hub.token("100"))).toMatchObject({ type: "welcome" });
    line.socket.terminate();
  });
});

const WIDEST = {
  kind: "notification",
  seq: Number.MAX_SAFE_INTEGER,
  at: Number.MAX_SAFE_INTEGER,
  id: "i".repeat(limits.idLength),
  from: "\\".repeat(limits.uidBytes),
  thread: "界".repeat(limits.threadLength),
  url: "/".padEnd(limits.urlBytes, "u"),
  data: { d: "d".repeat(limits.dataBytes - '{"d":""}'.length) },
  priority: "high",
  expiresAt: Number.MAX_SAFE_INTEGER,
  state: "delivered",
  edited: true,
  seen: true,
  read: true,
};
const OTHER_FIELDS = 1_000;

function isEntries(frame: unknown): frame is { entries: { seq: number; id: string }[] } {
  return typeof frame === "object" && frame !== null && "entries" in frame;
}
