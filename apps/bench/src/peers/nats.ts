import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { debianProgram } from "@carillon/e2e/machine/debian.ts";
import { freePort } from "@carillon/e2e/machine/port.ts";
import { natsPassword } from "../load/dialects/nats.ts";
import { launch } from "./launch.ts";
import type { Peer, Running } from "./peer.ts";
import { everyUid } from "./users.ts";

export const nats: Peer = {
  name: "nats",
  about: "NATS core: publish and subscribe, no acknowledgement; keeps nothing",
  dialect: "nats",
  start: (folder) => start(folder, async () => {}),
};

export const jetStream: Peer = {
  name: "jetstream",
  about: "NATS JetStream: every message to a file, synced now and then; delivered by a plain subscription",
  dialect: "jetStream",
  start: (folder) => start(folder, makeStream),
};

async function start(folder: string, prepare: (port: number) => Promise<void>): Promise<Running | undefined> {
  const program = debianProgram("usr/sbin/nats-server", "nats-server");
  if (program === undefined) return undefined;
  const [port, plain] = [await freePort(), await freePort()];
  await writeFile(join(folder, "nats.conf"), configuration(port, plain));
  const server = await launch({ command: [program.path, "-c", "nats.conf"], env: program.env, folder, port });
  await prepare(plain);
  return server;
}

function configuration(port: number, plain: number): string {
  const users = everyUid().map((uid) => `{ user: ${uid}, password: "${natsPassword(uid)}" }`);
  return `host: "127.0.0.1"
port: ${plain}
websocket { host: "127.0.0.1", port: ${port}, no_tls: true }
max_connections: 60000
authorization { users = [
${users.join("\n")}
] }
jetstream { store_dir: "./jetstream", max_mem: 256MB, max_file: 16GB }
`;
}

/** A stream in a file for all that is published to users. */
function makeStream(port: number): Promise<void> {
  const stream = {
    name: "NOTIFICATIONS",
    subjects: ["n.>"],
    storage: "file",
    retention: "limits",
    discard: "old",
    num_replicas: 1,
  };
  const body = JSON.stringify({ ...stream, max_msgs: -1, max_bytes: 8_000_000_000, max_age: 0 });
  const [uid = ""] = everyUid();
  const who = JSON.stringify({ verbose: false, pedantic: false, user: uid, pass: natsPassword(uid) });
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: ANSWER_MS });
    let said = "";
    socket.write(
      `CONNECT ${who}\r\nSUB made 1\r\nPUB $JS.API.STREAM.CREATE.${stream.name} made ${body.length}\r\n${body}\r\n`,
    );
    socket.on("data", (chunk) => {
      said += chunk.toString();
      if (!/MSG made .*\r\n.*\r\n/.test(said)) return;
      socket.destroy();
      if (said.includes('"error"')) reject(new Error(`JetStream made no stream: ${said}`));
      else resolve();
    });
    socket.once("error", reject);
    socket.once("timeout", () => socket.destroy(new Error(`JetStream did not answer: ${said}`)));
  });
}

const ANSWER_MS = 10_000;
