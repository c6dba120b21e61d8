import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Close } from "@carillon/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { LIMITS } from "../limits.ts";
import type { SocketLine } from "../testing/socket-line.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";
import { askForSocket } from "../testing/upgrade.ts";

let hub: TestHub;
afterEach(() => hub.close());

const from = (address: string) => ({ "x-forwarded-for": address });
const behindProxy = (address: string) => ({ headers: from(address) });
const BEHIND_PROXY = { CARILLON_TRUSTED_PROXIES: "127.0.0.1" };

async function known(line: SocketLine, uid: string): Promise<SocketLine> {
  expect(await line.hello(await hub.token(uid))).toMatchObject({ type: "welcome" });
  return line;
}

/** Resolves when the other end is gone, however it goes. */
function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on("error", () => {});
    socket.once("close", () => resolve());
    socket.resume();
  });
}

/** Resolves when the hub has let go of so many that only these are left. */
async function seats(left: number): Promise<void> {
  while (hub.census().seats !== left) await new Promise(setImmediate);
}

describe("caps + 1", () => {
  it("[P50] of an address: 429 before the upgrade, and room again when one is gone", async () => {
    hub = await startTestHub({ CARILLON_CONNECTIONS_PER_ADDRESS: "2" });
    const [first] = await Promise.all([hub.tab("100"), hub.tab("101")]);
    expect(await askForSocket(hub.url)).toEqual({
      status: 429,
      retryAfter: "5",
      body: {
        code: "tooManyConnections",
        message: expect.any(String),
        retryAfter: 5_000,
        docs: "/docs#tooManyConnections",
      },
    });
    await first.close();
    await seats(1);
    expect((await askForSocket(hub.url)).status).toBe(101);
  });

  it("[P50] of an address behind a proxy: each client counts by itself, a /64 as one", async () => {
    hub = await startTestHub({ CARILLON_CONNECTIONS_PER_ADDRESS: "1", ...BEHIND_PROXY });
    await known(await hub.line(behindProxy("198.51.100.1")), "100");
    await known(await hub.line(behindProxy("203.0.113.5, 2001:db8::1")), "101");
    for (const address of ["198.51.100.1", "9.9.9.9, 198.51.100.1", "2001:db8::2"])
      expect((await askForSocket(hub.url, from(address))).status).toBe(429);
    expect((await askForSocket(hub.url, from("198.51.100.2"))).status).toBe(101);
  });

  it("[P50] of an address whose header nobody trusts: it does not help, and the log says what to set, once", async () => {
    hub = await startTestHub({ CARILLON_CONNECTIONS_PER_ADDRESS: "1" });
    await hub.tab("100");
    for (const address of ["198.51.100.1", "198.51.100.2"])
      expect((await askForSocket(hub.url, from(address))).status).toBe(429);
    expect(hub.logs.filter((line) => line.includes("CARILLON_TRUSTED_PROXIES"))).toHaveLength(1);
  });

  it("[P50] of connections that have not said who they are: 429; who says it makes room", async () => {
    hub = await startTestHub({ CARILLON_UNAUTHENTICATED_PER_ADDRESS: "2" });
    const [first] = await Promise.all([hub.line(), hub.line()]);
    expect(await askForSocket(hub.url)).toMatchObject({ status: 429, body: { code: "tooManyUnauthenticated" } });
    await known(first, "100");
    expect((await askForSocket(hub.url)).status).toBe(101);
  });

  it("[P50] of the hub: 503, while it still answers whether it is well", async () => {
    hub = await startTestHub({ CARILLON_CONNECTIONS_PER_PROCESS: "2", ...BEHIND_PROXY });
    await Promise.all([hub.line(behindProxy("198.51.100.1")), hub.line(behindProxy("198.51.100.2"))]);
    expect(await askForSocket(hub.url, from("198.51.100.3"))).toMatchObject({
      status: 503,
      retryAfter: "5",
      body: { code: "hubFull", retryAfter: 5_000 },
    });
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
  });

  it("[P50] [P40] a stream takes a place as a socket does, is refused as one, and leaves it", async () => {
    hub = await startTestHub({ CARILLON_CONNECTIONS_PER_PROCESS: "1", CARILLON_UNAUTHENTICATED_PER_ADDRESS: "1" });
    const stream = hub.stream();
    expect(await stream.hello(await hub.token("100"))).toMatchObject({ type: "welcome" });
    expect(await askForSocket(hub.url)).toMatchObject({ status: 503, body: { code: "hubFull" } });
    const refused = await fetch(`${hub.url}/v1/stream`, {
      headers: { authorization: `Bearer ${await hub.token("101")}` },
    });
    expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toMatchObject([
      503,
      "5",
      { code: "hubFull", retryAfter: 5_000 },
    ]);
    await stream.close();
    await seats(0);
    expect((await askForSocket(hub.url)).status).toBe(101);
  });

  it("[P50] of a user: closed after hello, to come back; others are not counted with him", async () => {
    hub = await startTestHub({ CARILLON_CONNECTIONS_PER_USER: "2" });
    const [first] = await Promise.all([hub.tab("100"), hub.tab("100"), hub.tab("101")]);
    const third = await hub.line();
    third.send({ type: "hello", token: await hub.token("100") });
    expect(await third.closed).toEqual(Close.crowded);
    await first.close();
    await seats(2);
    await known(await hub.line(), "100");
  });
});

describe("a connection that never asks for a socket", () => {
  it("[P50] counts for its address, and is cut where it is far too many", async () => {
    hub = await startTestHub({ CARILLON_CONNECTIONS_PER_ADDRESS: "3" });
    const { hostname, port } = new URL(hub.url);
    // It asks for something else and stays, as it may for more than a minute.
    const stay = () => {
      const socket = connect(Number(port), hostname).on("error", () => {});
      socket.write("GET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n");
      return socket;
    };
    const open = Array.from({ length: 3 + LIMITS.overdue }, stay);
    await Promise.all(open.map((socket) => once(socket, "readable")));
    await gone(stay());
    expect(open.slice(0, 3).every((socket) => !socket.destroyed)).toBe(true);
    // Those between the cap and there have a moment to be told why, no more.
    await Promise.all(open.slice(3).map(gone));
    expect(open.slice(0, 3).every((socket) => !socket.destroyed)).toBe(true);
    for (const socket of open) socket.destroy();
    while (hub.census().addresses > 0) await new Promise(setImmediate);
  }, 15_000);

  it("[P50] whose upgrade was refused is cut, also if it does not hang up", async () => {
    hub = await startTestHub();
    const { hostname, port } = new URL(hub.url);
    const raw = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    raw.write("GET /v1/socket HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    const chunks: Buffer[] = [];
    for await (const chunk of raw) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    while (hub.census().addresses > 0) await new Promise(setImmediate);
    raw.destroy();
  });
});
