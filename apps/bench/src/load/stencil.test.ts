import { createServer } from "node:http";
import { once } from "node:events";
import { expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { isWhole, numberIn, senderIn, timeIn } from "./body.ts";
import { Line } from "./line.ts";
import { TEXT } from "./mask.ts";
import { Socket } from "./socket.ts";
import { BODY, NUMBER, numberAt, numberOfPacket, packetOf, Stencil, TO } from "./stencil.ts";

it("a server reads what a stencil writes: one write, whole frames, every field at its place", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  const sockets = new WebSocketServer({ server });
  const got: string[] = [];
  const all = new Promise<void>((resolve) => {
    sockets.on("connection", (socket) =>
      socket.on("message", (frame: Buffer) => got.push(frame.toString()) === 2 && resolve()),
    );
  });
  await once(server, "listening");
  const address = server.address();
  const stencil = new Stencil(TEXT, ['{"to":"u', TO, '","id":"', NUMBER, '","text":"', BODY, '"}']);
  const line: Line = new Line(typeof address === "object" && address !== null ? address.port : 0, "127.0.0.1", {
    onOpen: () => socket.begin(),
    onBytes: (bytes, length) => socket.read(bytes, length),
    onGone: () => {},
  });
  const say = () => {
    stencil.say(line, 42, 123_456_789_012, 7, 99);
    stencil.say(line, 999_999, 2 ** 40 - 1, 2 ** 24 - 1, 2 ** 31 - 1);
  };
  const socket = new Socket(line, { path: "/", onOpen: say, onMessage: () => {}, onFault: () => {} });
  await all;
  line.cut();
  sockets.close();
  server.close();

  const messages = got.map((text) => JSON.parse(text) as { to: string; id: string; text: string });
  expect(messages.map(({ to }) => to)).toEqual(["u000042", "u999999"]);
  expect(messages[0] && numberAt(Buffer.from(messages[0].id), 0)).toBe(99);
  const bodies = messages.map(({ text }) => Buffer.from(text));
  expect(bodies.map((body) => [timeIn(body, 0), senderIn(body, 0), numberIn(body, 0), isWhole(body, 0)])).toEqual([
    [123_456_789_012, 7, 99, true],
    [2 ** 40 - 1, 2 ** 24 - 1, 2 ** 31 - 1, true],
  ]);
});

it("a body that was changed is not whole", () => {
  const line = { room: () => 0, paper: Buffer.alloc(200) };
  new Stencil(undefined, [BODY]).say(line, 0, 1, 2, 3);
  expect(isWhole(line.paper, 0)).toBe(true);
  line.paper[150] = 0;
  expect(isWhole(line.paper, 0)).toBe(false);
});

it("a packet's two bytes lead back to the send", () => {
  for (const number of [0, 1, 4_095, 4_096, 70_001]) {
    for (const away of [-1_000, 0, 1_000]) {
      expect(numberOfPacket(packetOf(number), Math.max(0, number + away))).toBe(number);
    }
  }
});
