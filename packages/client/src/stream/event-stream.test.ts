import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Down, Up } from "@carillon/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SocketEvents } from "../socket.ts";
import { Queue } from "../testing/queue.ts";
import { resumed } from "../testing/page.ts";
import { eventStream } from "./event-stream.ts";

/** What a hub was asked, and how to answer. */
type Asked = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly body: string };

const asked = new Queue<Asked>();
const server = createServer((request, response) => {
  void text(request).then(
    (body) => asked.push({ request, response, body }),
    () => {},
  );
});
let url = "";
beforeEach(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v1/socket`;
});
afterEach(async () => {
  asked.drain();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

type Told = "open" | { frame: string } | { code: number; reason: string };

function dial(events: Partial<SocketEvents> = {}) {
  const told = new Queue<Told>();
  const socket = eventStream(url, {
    onOpen: () => told.push("open"),
    onFrame: (frame) => told.push({ frame }),
    onClose: (code, reason) => told.push({ code, reason }),
    ...events,
  });
  const up = (message: Up) => socket.send(JSON.stringify(message));
  return { socket, told, up };
}

/** A stream that was welcomed. */
async function welcomed(events: Partial<SocketEvents> = {}) {
  const { socket, told, up } = dial(events);
  up({ type: "hello", token: "t1", position: { epoch: "e:1", seq: 7 } });
  const stream = await asked.next();
  stream.response.writeHead(200, { "content-type": "text/event-stream" });
  const say = (message: Down) => stream.response.write(`data: ${JSON.stringify(message)}\n\n`);
  say(resumed());
  return { socket, told, up, stream, say };
}

describe("a stream", () => {
  test("[P40] is asked for beside the socket, with the token in a header and the position as the last id", async () => {
    const { stream } = await welcomed();
    expect([stream.request.method, stream.request.url]).toEqual(["GET", "/v1/stream"]);
    expect(stream.request.headers).toMatchObject({ authorization: "Bearer t1", "last-event-id": "e:1:7" });
  });

  test("[P40] without a position asks with none", async () => {
    dial().up({ type: "hello", token: "t1" });
    expect((await asked.next()).request.headers).not.toHaveProperty("last-event-id");
  });

  test("[P41] tells that it is open, then its frames, cut wherever they are, then how it was hung up", async () => {
    const { told, stream } = await welcomed();
    const frame = JSON.stringify({ type: "pong", pad: "👩‍👩‍👧‍👦" });
    const bytes = Buffer.from(
      `id: e:8\r\ndata: ${frame}\r\n\r\nevent: close\r\ndata: {"code":4000,"reason":"hub is restarting"}\r\n\r\n`,
    );
    for (let at = 0; at < bytes.length; at += 5) stream.response.write(bytes.subarray(at, at + 5));
    expect(await told.next()).toBe("open");
    expect(await told.next()).toEqual({ frame: JSON.stringify(resumed()) });
    expect(await told.next()).toEqual({ frame });
    expect(await told.next()).toEqual({ code: 4000, reason: "hub is restarting" });
    stream.response.end();
    await once(stream.response, "close");
    expect(told.drain()).toEqual([]);
  });

  test("[P21] that is refused with a status of HTTP still says its code", async () => {
    const { told, up } = dial();
    up({ type: "hello", token: "t1" });
    const { response } = await asked.next();
    response.writeHead(401, { "content-type": "text/event-stream" });
    response.end('event: close\ndata: {"code":4001,"reason":"token expired"}\n\n');
    expect([await told.next(), await told.next()]).toEqual(["open", { code: 4001, reason: "token expired" }]);
  });

  test.each([
    ["a proxy's page", 502, "text/html", "<h1>Bad gateway</h1>"],
    ["an old hub", 404, "application/json", "{}"],
    ["a captive portal", 200, "text/html", "data: hello\n\n"],
    ["a stream that ends", 200, "text/event-stream", ": nothing\n\n"],
    ["a hang-up that is none", 200, "text/event-stream", "event: close\ndata: null\n\n"],
    ["a hang-up that is not JSON", 200, "text/event-stream", "event: close\ndata: {\n\n"],
  ])("[P21] answered by %s is a cut connection", async (_what, status, type, body) => {
    const { told, up } = dial();
    up({ type: "hello", token: "t1" });
    const { response } = await asked.next();
    response.writeHead(status, { "content-type": type });
    response.end(body);
    expect([await told.next(), await told.next()]).toEqual(["open", { code: 1006, reason: "" }]);
  });

  test("[P21] that nobody answers is a cut connection", async () => {
    url = "ws://127.0.0.1:1/v1/socket";
    const { told, up } = dial();
    up({ type: "hello", token: "t1" });
    expect([await told.next(), await told.next()]).toEqual(["open", { code: 1006, reason: "" }]);
  });

  test("[P43] that is reset in the middle of an event gives the whole ones, not the half", async () => {
    const { told, stream } = await welcomed();
    await told.next();
    await told.next();
    stream.response.write('data: {"type":"po');
    stream.response.socket?.resetAndDestroy();
    expect(await told.next()).toEqual({ code: 1006, reason: "" });
  });

  test("that we closed tells nothing any more, and lets go of the connection", async () => {
    const { socket, told, stream, say } = await welcomed();
    await told.next();
    await told.next();
    say({ type: "pong" });
    socket.close(1000);
    await once(stream.response, "close");
    expect(told.drain()).toEqual([]);
  });
});

describe("what goes up", () => {
  test("[P42] belongs to the session of the welcome, and carries the token", async () => {
    const { told, up } = await welcomed({});
    await told.next();
    await told.next();
    up({ type: "ack", seq: 8 });
    up({ type: "ping" });
    const { request, body } = await asked.next();
    expect([request.method, request.url]).toEqual(["POST", "/v1/stream/s"]);
    expect(request.headers).toMatchObject({ authorization: "Bearer t1", "content-type": "application/json" });
    expect(JSON.parse(body)).toEqual([{ type: "ack", seq: 8 }, { type: "ping" }]);
  });

  test("[P17] [P42] carries the newer token once the hub has taken it, and no sooner", async () => {
    const { up, say, told } = await welcomed();
    const bearer = async () => {
      up({ type: "ack", seq: 7 });
      const { request, response } = await asked.next();
      response.writeHead(202).end();
      return request.headers.authorization;
    };
    await told.next();
    await told.next();
    up({ type: "renew", id: "renew", token: "t2" });
    expect([await bearer(), await bearer()]).toEqual(["Bearer t1", "Bearer t1"]);
    say({ type: "renewed", id: "renew", expiresIn: 1_000 });
    await told.next();
    expect(await bearer()).toBe("Bearer t2");
  });

  test.each([404, 401, 413, 502])("[P42] and is answered %i ends the stream, to be resumed", async (status) => {
    const { told, up, stream } = await welcomed();
    await told.next();
    await told.next();
    up({ type: "ping" });
    (await asked.next()).response.writeHead(status).end();
    expect(await told.next()).toEqual({ code: 1006, reason: "" });
    await once(stream.response, "close");
  });

  test("[P42] and is answered by nobody ends it, too", async () => {
    const { told, up } = await welcomed();
    await told.next();
    await told.next();
    up({ type: "ping" });
    await asked.next();
    expect(await told.next()).toEqual({ code: 1006, reason: "" });
  }, 15_000);

  test("[P43] answers the hub's pings", async () => {
    const { stream } = await welcomed();
    stream.response.write("event: ping\ndata:\n\n");
    expect(JSON.parse((await asked.next()).body)).toEqual({ type: "ping" });
  });
});
