import { createClient } from "@redis/client";
import { Close } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RedisServer } from "../../../e2e/machine/redis.ts";
import type { SocketLine } from "./testing/socket-line.ts";
import { startTestHub, type TestHub } from "./testing/test-hub.ts";

/** Milliseconds that a busy machine may need for what takes one or two seconds. */
const PATIENCE_MS = 30_000;

let server: RedisServer;
let hubs: readonly [TestHub, TestHub];
/** What has started has to end, also where the next did not start; the last first. */
const started = new AsyncDisposableStack();

beforeAll(async () => {
  server = started.use(await RedisServer.start());
  const start = async () => {
    const hub = await startTestHub({ CARILLON_STORE: server.url });
    started.defer(() => hub.close());
    return hub;
  };
  hubs = [await start(), await start()];
  started.defer(() => server.thaw());
}, PATIENCE_MS);
afterAll(() => started.disposeAsync(), PATIENCE_MS);

describe("two hubs on one Redis", { timeout: PATIENCE_MS }, () => {
  it("[P10] [P14] [P24] who writes on one rings on the other; receipts and marks come back", async () => {
    const [author, reader] = await Promise.all([hubs[0].tab("100"), hubs[1].tab("101")]);
    author.send({ type: "send", id: "d1", to: "101", text: "From the other house." });
    expect(await until(reader, "notification")).toMatchObject({ id: "d1", from: "100", text: "From the other house." });
    reader.send({ type: "ack", seq: 1 });
    expect(await until(author, "receipt")).toMatchObject({ state: "delivered", ids: ["d1"] });
    reader.send({ type: "mark", id: "m1", mark: "read", target: { upTo: 1 } });
    expect(await until(author, "receipt")).toMatchObject({ state: "read", ids: ["d1"] });
    const elsewhere = await hubs[0].tab("101");
    elsewhere.send({ type: "mark", id: "m2", mark: "unread", target: { seqs: [1] } });
    expect(await until(reader, "mark")).toMatchObject({ mark: "read" });
    expect(await until(reader, "mark")).toMatchObject({ mark: "unread" });
  });

  it("[P7] [P9] two authors on two hubs, one reader on each: both get every entry once, in order", async () => {
    const [one, two] = [await hubs[0].tab("a1"), await hubs[1].tab("a2")];
    const readers = [await hubs[0].tab("reader"), await hubs[1].tab("reader")];
    for (let n = 0; n < 50; n++)
      for (const author of [one, two]) author.send({ type: "send", id: `d${n}`, to: "reader", text: "…" });
    const logs = await Promise.all(readers.map((reader) => entriesOf(reader, 100)));
    const seqs = Array.from({ length: 100 }, (_, n) => n + 1);
    for (const log of logs) expect(log.map(({ seq }) => seq)).toEqual(seqs);
    expect(logs[0]).toEqual(logs[1]);
  });

  it("[P8] who was on one resumes on the other", async () => {
    const first = await hubs[0].line();
    const welcome = await first.hello(await hubs[0].token("moves"));
    await first.close();
    const author = await hubs[0].tab("100");
    author.send({ type: "send", id: "moved", to: "moves", text: "…" });
    await until(author, "sent");
    const second = await hubs[1].line();
    const { position } = welcome as { position: unknown };
    expect(await second.hello(await hubs[1].token("moves"), position)).toMatchObject({ recovered: true, head: 1 });
    expect(await until(second, "notification")).toMatchObject({ id: "moved" });
  });

  it("[P32] who is revoked on one is hung up on the other, and refused there", async () => {
    const tab = await hubs[1].tab("gone");
    await hubs[0].gate.revoke({ uid: "gone" });
    expect((await tab.closed).code).toBe(Close.revoked.code);
    const again = await hubs[1].line();
    again.send({ type: "hello", token: await hubs[1].token("gone") });
    expect((await again.closed).code).toBe(Close.revoked.code);
  });

  it("rings that were lost with their connections are made up for", async () => {
    const reader = await hubs[1].tab("unlucky");
    const author = await hubs[0].tab("100");
    for (let n = 0; n < 8; n++) {
      await admin("CLIENT", "KILL", "TYPE", "pubsub");
      author.send({ type: "send", id: `unlucky-${n}`, to: "unlucky", text: "…" });
      expect(await until(reader, "notification")).toMatchObject({ id: `unlucky-${n}` });
    }
  });

  it("[P11] cut from Redis, both refuse in time, keep their sockets and are not ready; then all is as before", async () => {
    const [author, reader] = await Promise.all([hubs[0].tab("patient"), hubs[1].tab("101")]);
    server.freeze();
    author.send({ type: "send", id: "late", to: "101", text: "…" });
    expect(await refusalOf(author, "late")).toMatchObject({ code: "unavailable", retryAfter: expect.any(Number) });
    for (const hub of hubs) expect((await fetch(`${hub.url}/readyz`)).status).toBe(503);
    author.send({ type: "ping" });
    expect(await frame(author, "pong")).toBeDefined();
    server.thaw();
    for (const hub of hubs)
      await expect.poll(async () => (await fetch(`${hub.url}/readyz`)).status, { timeout: PATIENCE_MS / 2 }).toBe(200);
    author.send({ type: "send", id: "late", to: "101", text: "…" });
    expect(await until(reader, "notification")).toMatchObject({ id: "late" });
  });

  it("[P29] whose log was flushed is sent away, and comes back to a snapshot", async () => {
    const line = await hubs[1].line();
    const { position } = (await line.hello(await hubs[1].token("flushed"))) as { position: unknown };
    await admin("FLUSHALL");
    const author = await hubs[0].tab("100");
    author.send({ type: "send", id: "after", to: "flushed", text: "…" });
    expect((await line.closed).code).toBe(Close.unavailable.code);
    const again = await hubs[1].line();
    const welcome = await again.hello(await hubs[1].token("flushed"), position);
    expect(welcome).toMatchObject({ recovered: false, snapshot: { notifications: [{ id: "after" }] } });
  });
});

type Frame = { readonly type?: string; readonly entries?: readonly Said[]; readonly [field: string]: unknown };
type Said = { readonly kind: string; readonly seq: number };

const left = new WeakMap<SocketLine, Said[]>();

/** The next entry of that kind; others are passed over. */
async function until(line: SocketLine, kind: string): Promise<Said> {
  for (;;) {
    const entry = await nextEntry(line);
    if (entry.kind === kind) return entry;
  }
}

async function entriesOf(line: SocketLine, count: number): Promise<Said[]> {
  const entries: Said[] = [];
  while (entries.length < count) entries.push(await nextEntry(line));
  return entries;
}

async function nextEntry(line: SocketLine): Promise<Said> {
  for (;;) {
    const [entry, ...rest] = left.get(line) ?? [];
    left.set(line, rest);
    if (entry !== undefined) return entry;
    left.set(line, [...((await frame(line, "entries")).entries ?? [])]);
  }
}

async function refusalOf(line: SocketLine, id: string): Promise<Frame> {
  for (;;) {
    const refused = await frame(line, "refused");
    if (refused["id"] === id) return refused;
  }
}

async function frame(line: SocketLine, type: string): Promise<Frame> {
  for (;;) {
    const next = (await line.next()) as Frame;
    if (next["closed"] !== undefined) throw new Error(`It was closed: ${JSON.stringify(next)}`);
    if (next.type === type) return next;
  }
}

async function admin(...command: readonly string[]): Promise<void> {
  const client = await createClient({ url: server.url }).connect();
  await client.sendCommand(command);
  client.destroy();
}
