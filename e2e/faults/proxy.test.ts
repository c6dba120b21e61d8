import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FaultProxy } from "./proxy.ts";
import { Signal } from "./signal.ts";

describe("the fault proxy", () => {
  const atHub: Side[] = [];
  const hub = createServer((socket) => void atHub.push(new Side(socket)));
  let proxy: FaultProxy;
  beforeEach(async () => {
    hub.listen(0, "127.0.0.1");
    await once(hub, "listening");
    proxy = await FaultProxy.to((hub.address() as AddressInfo).port);
  });
  afterEach(async () => {
    await proxy[Symbol.asyncDispose]();
    for (const side of atHub.splice(0)) side.socket.destroy();
    hub.close();
    await once(hub, "close");
  });

  async function pair(): Promise<[client: Side, hub: Side]> {
    const client = new Side(connect(proxy.port, "127.0.0.1"));
    client.socket.write(".");
    await client.changes.until(() => client.isConnected || client.isGone);
    for (;;) {
      const side = atHub.at(-1);
      if (side?.text === ".") return [client, side];
      await new Promise(setImmediate);
    }
  }

  it("passes both ways", async () => {
    const [client, hubs] = await pair();
    client.socket.write("up");
    hubs.socket.write("down");
    await client.has("down");
    await hubs.has(".up");
  });

  it("passes an end on", async () => {
    const [client, hubs] = await pair();
    client.socket.end("last");
    await hubs.has(".last");
    await hubs.gone();
  });

  it("cuts after exactly so many bytes, which arrive", async () => {
    const [client, hubs] = await pair();
    proxy.cutAfter("up", 4);
    client.socket.write("ab");
    await hubs.has(".ab");
    client.socket.write("cdefgh");
    await Promise.all([client.gone(), hubs.gone()]);
    expect(hubs.text).toBe(".abcd");
  });

  it("cuts after no byte at all, when one comes", async () => {
    const [client, hubs] = await pair();
    proxy.cutAfter("down", 0);
    client.socket.write("up");
    await hubs.has(".up");
    expect(client.isGone).toBe(false);
    hubs.socket.write("down");
    await Promise.all([client.gone(), hubs.gone()]);
    expect(client.text).toBe("");
  });

  it("swallows nothing while it is a black hole: what was held back arrives afterwards", async () => {
    const [client, hubs] = await pair();
    proxy.mode = "blackhole";
    client.socket.write("held");
    await new Promise(setImmediate);
    proxy.mode = "pass";
    await hubs.has(".held");
  });

  it("lets nothing through while it is a black hole", async () => {
    const [client, hubs] = await pair();
    proxy.mode = "blackhole";
    client.socket.write("held");
    hubs.socket.write("held");
    const other = new Side(connect((hub.address() as AddressInfo).port, "127.0.0.1"));
    other.socket.write("x".repeat(1_000));
    await other.changes.until(() => other.isConnected); // Loopback took its time for others; not for these.
    expect([client.text, hubs.text]).toEqual(["", "."]);
    other.socket.destroy();
  });

  it("takes as long as the bytes a second demand", async () => {
    const [client, hubs] = await pair();
    const start = performance.now();
    proxy.mode = { bytesPerSecond: 5_000 };
    client.socket.write("x".repeat(1_000));
    await hubs.has("." + "x".repeat(1_000));
    expect(performance.now() - start).toBeGreaterThan(150);
  });

  it("resets both sides", async () => {
    const [client, hubs] = await pair();
    proxy.reset();
    await Promise.all([client.gone(), hubs.gone()]);
    expect([client.error, hubs.error]).toEqual(["ECONNRESET", "ECONNRESET"]);
  });

  it("refuses, and accepts again at the same port", async () => {
    const [client] = await pair();
    await proxy.refuse();
    await client.gone();
    const late = new Side(connect(proxy.port, "127.0.0.1"));
    await late.gone();
    expect(late.error).toBe("ECONNREFUSED");
    await proxy.accept();
    const [, hubs] = await pair();
    await hubs.has(".");
  });
});

/** One end of a TCP connection, and all that came. */
class Side {
  text = "";
  error: string | undefined;
  isConnected = false;
  isGone = false;
  readonly changes = new Signal();
  readonly socket: Socket;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("connect", () => (this.isConnected = true));
    socket.on("data", (chunk) => (this.text += String(chunk)));
    socket.on("error", (error: NodeJS.ErrnoException) => (this.error = error.code));
    socket.on("close", () => (this.isGone = true));
    for (const event of ["connect", "data", "error", "close"]) socket.on(event, () => this.changes.tell());
  }

  has(text: string): Promise<void> {
    return this.changes.until(() => this.text === text);
  }

  gone(): Promise<void> {
    return this.changes.until(() => this.isGone);
  }
}
