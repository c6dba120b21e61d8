import { join } from "node:path";
import { freePort } from "@carillon/e2e/machine/port.ts";
import { launch } from "./launch.ts";
import type { Peer } from "./peer.ts";

export const socketIo: Peer = {
  name: "socket.io",
  about: "Socket.IO: a room for each user, emit with acknowledgement; keeps nothing",
  dialect: "socketIo",
  start: (folder) => start(folder, []),
};

export const socketIoRecovery: Peer = {
  name: "socket.io+recovery",
  about: "Socket.IO with connection state recovery: two minutes in memory",
  dialect: "socketIo",
  start: (folder) => start(folder, ["recovery"]),
};

async function start(folder: string, words: readonly string[]) {
  const port = await freePort();
  const program = join(import.meta.dirname, "socket-io-program.ts");
  return launch({ command: [process.execPath, program, String(port), ...words], folder, port });
}
