import { once } from "node:events";
import { request } from "node:https";
import { join } from "node:path";
import { decodeDown, type Down, SUBPROTOCOL, type Up } from "@carillon/protocol";
import { describe, expect, it } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import { HubProcess } from "../faults/hub-process.ts";
import { tokenFor } from "../faults/credentials.ts";
import { temporaryPlace } from "../faults/place.ts";
import { Events } from "./events.ts";
import { Nginx, nginx } from "./proxy-server.ts";

const LIMIT_MS = 60_000;

describe.skipIf(nginx === undefined)(
  "behind nginx, with the example in apps/server/deploy",
  { timeout: LIMIT_MS },
  () => {
    it("[P1] page, API and sockets are reached by one name, and a notification goes through", async () => {
      await using place = await temporaryPlace();
      await using hub = await HubProcess.start(place.store);
      await using proxy = await Nginx.inFrontOf(hub.port, place.path);
      expect(await get(proxy.port, "/healthz")).toEqual({ status: 200, body: '{"status":"ok"}' });

      using target = await Visitor.to(proxy.port, "101");
      using author = await Visitor.to(proxy.port, "100");
      author.up({ type: "send", id: "d1", to: "101", text: "Through a proxy." });
      const { entries } = await target.down("entries");
      expect(entries).toMatchObject([{ kind: "notification", from: "100", text: "Through a proxy." }]);
    });

    it("[P40] a stream's events come one by one, while it goes on", async () => {
      await using place = await temporaryPlace();
      await using hub = await HubProcess.start(place.store);
      await using proxy = await Nginx.inFrontOf(hub.port, place.path);
      using events = await Events.of("101", proxy.port);
      await events.has('"type":"welcome"');
      expect(events.headers["content-type"]).toBe("text/event-stream");
      using author = await Visitor.to(proxy.port, "100");
      for (const text of ["The first.", "The second."]) {
        author.up({ type: "send", id: `d${text.length}`, to: "101", text });
        await events.has(text);
      }
      expect(events.isOver).toBe(false);
    });

    it("[P50] clients have the address that the proxy saw; one that they say themselves is not believed", async () => {
      await using place = await temporaryPlace();
      await using hub = await HubProcess.start(place.store, {
        env: { CARILLON_TRUSTED_PROXIES: "127.0.0.1", CARILLON_CONNECTIONS_PER_ADDRESS: "1" },
      });
      await using proxy = await Nginx.inFrontOf(hub.port, place.path);
      using visits = new DisposableStack();
      const statusFrom = async (localAddress: string, headers = {}) => {
        const socket = open(proxy.port, { localAddress, headers });
        visits.defer(() => socket.terminate());
        return answerTo(socket);
      };
      expect([await statusFrom("127.0.0.2"), await statusFrom("127.0.0.3")]).toEqual([101, 101]);
      expect(await statusFrom("127.0.0.2")).toBe(429);
      for (const forged of ["127.0.0.9", "127.0.0.1", "10.0.0.1, 127.0.0.1"])
        expect(await statusFrom("127.0.0.2", { "x-forwarded-for": forged }), forged).toBe(429);
    });

    it("[P1] the page's own origin is the hub's own, another one is 403", async () => {
      await using place = await temporaryPlace();
      await using hub = await HubProcess.start(place.store);
      await using proxy = await Nginx.inFrontOf(hub.port, place.path);
      const statusFor = async (origin: string) => {
        const socket = open(proxy.port, { origin });
        const outcome = await answerTo(socket);
        socket.terminate();
        return outcome;
      };
      expect(await statusFor(`https://127.0.0.1:${proxy.port}`)).toBe(101);
      expect(await statusFor("https://evil.example")).toBe(403);
    });

    it.each(["/metrics", "/readyz"])("%s is for those inside", async (path) => {
      await using place = await temporaryPlace();
      await using hub = await HubProcess.start(place.store);
      await using proxy = await Nginx.inFrontOf(hub.port, place.path);
      expect(await get(proxy.port, path)).toMatchObject({ status: 404, body: expect.stringContaining("nginx") });
    });

    it("[P19] a proxy that cuts at silence never cuts a quiet socket: the hub's pings are no silence", async () => {
      await using place = await temporaryPlace();
      const pings = (seconds: number) => ({ env: { CARILLON_PING_INTERVAL: String(seconds) } });
      await using hub = await HubProcess.start(place.store, pings(1));
      await using proxy = await Nginx.inFrontOf(hub.port, place.path, {
        "proxy_read_timeout 90s": "proxy_read_timeout 4s",
      });
      using quiet = await Visitor.to(proxy.port, "101");
      // The same proxy cuts where nobody pings in time.
      await using mute = await HubProcess.start(place.store.replace(".db", "-2.db"), pings(3_600));
      await using other = await Nginx.inFrontOf(mute.port, join(place.path, "other"), {
        "proxy_read_timeout 90s": "proxy_read_timeout 4s",
      });
      using forgotten = await Visitor.to(other.port, "101");
      await Promise.all([forgotten.gone(), quiet.pings(6)]);
      expect(quiet.isOpen).toBe(true);
    });
  },
);

/** Somebody who comes by TLS, through the proxy. */
class Visitor implements Disposable {
  readonly #socket: WebSocket;
  readonly #came: Down[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (frame) => {
      const decoded = decodeDown(Buffer.isBuffer(frame) ? frame.toString() : "");
      if (decoded.ok) this.#came.push(decoded.message);
    });
  }

  static async to(port: number, uid: string): Promise<Visitor> {
    const socket = open(port);
    const visitor = new Visitor(socket);
    await once(socket, "open");
    visitor.up({ type: "hello", token: await tokenFor(uid) });
    await visitor.down("welcome");
    return visitor;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  up(message: Up): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** The next message of this type. */
  async down<T extends Down["type"]>(type: T): Promise<Extract<Down, { type: T }>> {
    for (;;) {
      const next = this.#came.shift();
      if (next === undefined) await once(this.#socket, "message");
      else if (isOf(next, type)) return next;
    }
  }

  async pings(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) await once(this.#socket, "ping");
  }

  async gone(): Promise<void> {
    await once(this.#socket, "close");
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}

function isOf<T extends Down["type"]>(message: Down, type: T): message is Extract<Down, { type: T }> {
  return message.type === type;
}

/** The test's certificate is its own. */
function open(port: number, options: ClientOptions = {}): WebSocket {
  const socket = new WebSocket(`wss://127.0.0.1:${port}/v1/socket`, SUBPROTOCOL, {
    rejectUnauthorized: false,
    ...options,
  });
  socket.on("error", () => {}); // A refusal is looked at by its status.
  return socket;
}

/** The status with which an upgrade was answered. */
function answerTo(socket: WebSocket): Promise<number> {
  return Promise.race([
    once(socket, "open").then(() => 101),
    once(socket, "unexpected-response").then(([, response]) => Number(response.statusCode)),
  ]);
}

async function get(port: number, path: string): Promise<{ status: number | undefined; body: string }> {
  const asked = request({ port, path, host: "127.0.0.1", rejectUnauthorized: false }).end();
  const [response] = await once(asked, "response");
  let body = "";
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, body };
}
