import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { plainToken } from "../load/dialects/plain.ts";

// What one writes first: a room for each user, a token in the URL, every message forwarded and acknowledged. It keeps nothing.

const rooms = new Map<string, Set<WebSocket>>();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 16_384 });
const server = createServer((_request, response) => response.writeHead(404).end());

server.on("upgrade", (request, raw, head) => {
  const { searchParams } = new URL(request.url ?? "/", "http://hub");
  const uid = searchParams.get("uid") ?? "";
  if (!isKnown(uid, searchParams.get("token") ?? "")) return raw.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
  return sockets.handleUpgrade(request, raw, head, (socket) => take(socket, uid));
});
server.listen(Number(process.argv[2]), "127.0.0.1", 4_096);

function isKnown(uid: string, token: string): boolean {
  const wanted = plainToken(uid);
  return token.length === wanted.length && timingSafeEqual(Buffer.from(token), Buffer.from(wanted));
}

function take(socket: WebSocket, uid: string): void {
  const room = rooms.get(uid) ?? new Set();
  rooms.set(uid, room.add(socket));
  socket.on("error", () => {});
  socket.on("close", () => {
    room.delete(socket);
    if (room.size === 0) rooms.delete(uid);
  });
  socket.on("message", (frame: Buffer) => {
    const { id, to, text } = JSON.parse(frame.toString());
    const message = JSON.stringify({ type: "message", from: uid, text });
    for (const tab of rooms.get(to) ?? []) tab.send(message);
    socket.send(JSON.stringify({ type: "taken", id }));
  });
}
