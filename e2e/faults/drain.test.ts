import { once } from "node:events";
import { connect } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { HubProcess } from "./hub-process.ts";
import { Ledger, nameOf } from "./ledger.ts";
import { Line } from "./line.ts";
import { LIMIT_MS } from "./long.ts";
import { temporaryPlace } from "./place.ts";
import { readiness } from "./readiness.ts";
import { Signal } from "./signal.ts";
import { book, brokenLogs, readStore } from "./store.ts";

const CLIENTS = 1_000;
const AUTHORS = 50;
const BUDGET_S = 20;
const drainIn = (seconds: number) => ({
  env: {
    CARILLON_DRAIN_SECONDS: String(seconds),
    CARILLON_LOG_LEVEL: "info",
    CARILLON_CONNECTIONS_PER_ADDRESS: String(2 * CLIENTS),
  },
});

describe("SIGTERM", { timeout: LIMIT_MS }, () => {
  it(`with ${CLIENTS} clients and sends in flight: everybody is sent away, not all at once, and nothing acknowledged is lost`, async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, drainIn(BUDGET_S));
    const lines = await many(hub.port, CLIENTS);
    const ledger = new Ledger();
    const answers = new Signal();
    const goodbyes = lines.map(async (line) => ({ code: await line.gone(), at: performance.now() }));
    const sending = lines.slice(0, AUTHORS).map((line, n) => sendOn(line, n, ledger, answers));
    await answers.until(() => ledger.acknowledgedCount >= 500);

    const start = performance.now();
    const ending = hub.stop();
    expect(await lastReadiness(hub)).toEqual({ status: 503, code: "draining" });
    await expect(Line.to(hub.port, "late"), "nobody new is let in").rejects.toThrow();
    const { code, log } = await ending;
    const took = performance.now() - start;
    const ends = await Promise.all(goodbyes);
    await Promise.all(sending);

    const times = ends.map(({ at }) => at - start).toSorted((a, b) => a - b);
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    book(await readStore(place.store), ledger);
    const { sent, acknowledged, stored } = ledger.findings();
    console.log(
      `drain: ${CLIENTS} goodbyes from ${first.toFixed(0)} to ${last.toFixed(0)} ms, exit ${code} after ${took.toFixed(0)} ms of ` +
        `${BUDGET_S} s; ${sent} sent, ${acknowledged} acknowledged, ${stored} stored`,
    );
    expect([code, log]).toEqual([0, expect.not.stringContaining('"level":60')]);
    expect(new Set(ends.map((end) => end.code))).toEqual(new Set([4000]));
    expect(last - first, "they do not all come back at once").toBeGreaterThan(1_000);
    expect(took).toBeLessThan(BUDGET_S * 1_000);
    await nothingIsLost(place.store, ledger);
  });

  it("twice: the second one ends it at once", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, drainIn(600));
    using author = await Line.to(hub.port, "100");
    using lock = lockedStore(place.store); // What is under way cannot be answered, so the drain has to wait.
    const unanswered = author.send(draft("d1")).catch(() => "cut");
    await author.ping();
    const start = performance.now();
    const ending = hub.stop();
    expect(await lastReadiness(hub)).toEqual({ status: 503, code: "draining" });
    const { code, log } = await hub.stop();
    expect([code, (await ending).code, await unanswered]).toEqual([1, 1, "cut"]);
    expect(log).toContain("told twice");
    expect(performance.now() - start).toBeLessThan(5_000);
    lock[Symbol.dispose]();
    expect((await readStore(place.store)).integrity).toBe("ok");
  });

  it("answers what is under way before it says goodbye", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, drainIn(BUDGET_S));
    using author = await Line.to(hub.port, "100");
    const lock = lockedStore(place.store);
    const answer = author.send(draft("d1"));
    await author.ping();
    const ending = hub.stop();
    expect(await lastReadiness(hub)).toEqual({ status: 503, code: "draining" });
    lock[Symbol.dispose]();
    expect(await answer).toMatchObject({ type: "sent", id: "d1" });
    expect([await author.gone(), (await ending).code]).toEqual([4000, 0]);
  });

  it("does not wait beyond its budget for those who do not answer: a deaf client, half a request, silence", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, drainIn(3));
    using deaf = await deafSocket(hub.port);
    using others = new DisposableStack();
    others.use(await rawSocket(hub.port, ""));
    others.use(await halfRequest(hub.port));
    const start = performance.now();
    const { code } = await hub.stop();
    expect([deaf.welcomed, code]).toEqual([true, 0]);
    expect(performance.now() - start).toBeLessThan(4_000);
  });

  it("with a drain that hangs ends when the budget does, and says that it failed", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, drainIn(1));
    using author = await Line.to(hub.port, "100");
    using others = new DisposableStack();
    others.use(lockedStore(place.store));
    const unanswered = author.send(draft("d1")).catch(() => "cut");
    await author.ping();
    const { code, log } = await hub.stop();
    expect([code, await unanswered]).toEqual([1, "cut"]);
    expect(log).toContain("did not end within 1 s");
  });
});

/** So many connections, some at a time. */
async function many(port: number, count: number): Promise<readonly Line[]> {
  const lines: Line[] = [];
  while (lines.length < count) {
    const uids = Array.from({ length: Math.min(100, count - lines.length) }, (_, n) => `user-${lines.length + n}`);
    lines.push(...(await Promise.all(uids.map((uid) => Line.to(port, uid)))));
  }
  return lines;
}

/** Sends one draft after the other until the connection ends. */
async function sendOn(line: Line, author: number, ledger: Ledger, answers: Signal): Promise<void> {
  const name = `user-${author}`;
  for (let n = 0; !line.isClosed; n += 1) {
    const submission = { id: `d${n}`, to: `user-${AUTHORS + author}`, text: "Before the end." };
    ledger.sent({ author: name, ...submission });
    const answer = await line.send(submission).catch(() => undefined);
    if (answer?.type === "sent") ledger.acknowledged(name, answer.id, answer.seq);
    answers.tell();
  }
}

async function nothingIsLost(file: string, ledger: Ledger): Promise<void> {
  const store = await readStore(file);
  const acknowledged = ledger.acknowledgedDrafts();
  const missing = acknowledged.filter(({ author, id, seq }) => store.drafts.get(nameOf(author, id)) !== seq);
  expect(acknowledged.length).toBeGreaterThanOrEqual(500);
  expect([missing, store.integrity, brokenLogs(store)]).toEqual([[], "ok", []]);
}

/** What `/readyz` says as soon as the hub knows that it is to end. */
async function lastReadiness(hub: HubProcess): Promise<Awaited<ReturnType<typeof readiness>>> {
  await hub.log.has('"stopping"');
  return readiness(hub.port);
}

/** This test's process holds the write lock. */
function lockedStore(file: string): Disposable {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  db.exec("BEGIN IMMEDIATE");
  return { [Symbol.dispose]: () => (db.isOpen ? db.close() : undefined) };
}

async function rawSocket(port: number, words: string) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  if (words !== "") socket.write(words);
  return { socket, [Symbol.dispose]: () => void socket.destroy() };
}

/** A request under way, whose body never comes to its end. */
async function halfRequest(port: number) {
  const raw = await rawSocket(
    port,
    [
      "POST /v1/demo/session HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      "Content-Type: application/json",
      "Content-Length: 10",
      "Expect: 100-continue\r\n\r\n",
    ].join("\r\n"),
  );
  await once(raw.socket, "data"); // The hub has read so far, and waits for more.
  raw.socket.write("{");
  return raw;
}

/** A WebSocket whose peer is there and reads, and never answers a close. */
async function deafSocket(port: number) {
  const { socket, ...rest } = await rawSocket(
    port,
    [
      "GET /v1/socket HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Protocol: carillon.v1\r\n\r\n",
    ].join("\r\n"),
  );
  const [answer] = await once(socket, "data");
  socket.resume();
  return { ...rest, welcomed: String(answer).startsWith("HTTP/1.1 101") };
}

function draft(id: string) {
  return { id, to: "101", text: `text of ${id}` };
}
