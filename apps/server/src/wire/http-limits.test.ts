import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "../limits.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

function open(): Socket {
  const { hostname, port } = new URL(hub.url);
  return connect(Number(port), hostname).on("error", () => {});
}

/** All that came until the hub hung up. */
async function answerOn(socket: Socket): Promise<string> {
  const chunks: string[] = [];
  socket.on("data", (chunk) => chunks.push(String(chunk)));
  await once(socket, "close");
  return chunks.join("");
}

/** Milliseconds until `work` is done. */
async function took(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

// Side by side: each does nothing but wait.
describe.concurrent("a request that takes its time", () => {
  const slack = 5_000; // Two looks of the server, and a busy machine.

  it("[P50] a header byte every 200 ms: 408 within seconds", async () => {
    const socket = open();
    const bytes = `GET /v1/socket HTTP/1.1\r\nHost: hub\r\nX: ${"x".repeat(1_000)}`[Symbol.iterator]();
    const drip = setInterval(() => socket.write(bytes.next().value ?? "x"), 200);
    const answer = answerOn(socket);
    expect(await took(answer)).toBeLessThan(LIMITS.headersMs + slack);
    clearInterval(drip);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  }, 20_000);

  it("[P50] not one byte at all: hung up within seconds", async () => {
    expect(await took(answerOn(open()))).toBeLessThan(LIMITS.headersMs + slack);
  }, 20_000);

  it("[P50] a body that never comes: 408 within seconds", async () => {
    const socket = open();
    socket.write(
      "POST /v1/demo/session HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
    );
    const answer = answerOn(socket);
    expect(await took(answer)).toBeLessThan(LIMITS.requestMs + slack);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  }, 30_000);
});

describe("a request with too many headers", () => {
  const request = (path: string, count: number, more = "") =>
    `GET ${path} HTTP/1.1\r\nHost: hub\r\n${more}${Array.from({ length: count }, (_, n) => `a${n}: b\r\n`).join("")}\r\n`;
  const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";

  it.each([
    ["2,100 of them", request("/healthz", 2_100)],
    ["one over the limit", request("/healthz", LIMITS.headers)],
    ["2,100 of an upgrade", request("/v1/socket", 2_100, upgrade)],
    ["one over the limit of an upgrade", request("/v1/socket", LIMITS.headers, upgrade)],
    ["17 KB in one", `GET /healthz HTTP/1.1\r\nHost: hub\r\na: ${"b".repeat(17_000)}\r\n\r\n`],
  ])("[P50] %s: 431", async (_what, bytes) => {
    const socket = open();
    socket.write(bytes);
    expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it("[P50] is not one that has as many as it may", async () => {
    const socket = open();
    socket.write(request("/healthz", LIMITS.headers - 2, "Connection: close\r\n"));
    expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });
});
