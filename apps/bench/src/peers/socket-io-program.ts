import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { plainToken } from "../load/dialects/plain.ts";

// Socket.IO as its documentation shows it: a room for each user, who sends emits with an acknowledgement.

const [, , port, recovery] = process.argv;
const server = createServer();
const io = new Server(server, {
  transports: ["websocket"],
  serveClient: false,
  ...(recovery === "recovery" && {
    connectionStateRecovery: { maxDisconnectionDuration: 120_000, skipMiddlewares: false },
  }),
});

io.use((socket, next) => {
  const { uid, token } = socket.handshake.auth;
  const wanted = plainToken(String(uid));
  const isKnown =
    String(token).length === wanted.length && timingSafeEqual(Buffer.from(String(token)), Buffer.from(wanted));
  socket.data.uid = String(uid);
  next(isKnown ? undefined : new Error("unauthorized"));
});
io.on("connection", (socket) => {
  const from: string = socket.data.uid;
  void socket.join(from);
  socket.on("notify", ({ to, text }: { to: string; text: string }, taken: () => void) => {
    io.to(to).emit("notify", { from, text });
    taken();
  });
});
server.listen(Number(port), "127.0.0.1", 4_096);
