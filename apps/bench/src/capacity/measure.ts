import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@carillon/e2e/machine/port.ts";
import { RedisServer } from "@carillon/e2e/machine/redis.ts";
import { SUBPROTOCOL } from "@carillon/protocol";
import { mintToken } from "@carillon/protocol/token";
import { encode } from "@carillon/server/bus/redis/message.ts";
import { Connection } from "@carillon/server/redis/connection.ts";
import { WebSocket } from "ws";
import { TOKEN_KEY } from "../load/dialects/carillon.ts";
import { spentNow } from "../machine/cpu.ts";
import { memoryOf } from "../machine/memory.ts";
import { launch } from "../peers/launch.ts";
import type { Costs } from "./figures.ts";

/** A small run: one hub that works, one that only hears it ring, and a Redis. Processor time, not speed: others may be busy. */
export async function measure(): Promise<Costs> {
  await using all = new AsyncDisposableStack();
  const redis = all.use(await RedisServer.start());
  const admin = new Connection({ url: redis.url, patience: 5_000, prepare: async () => {} });
  await admin.open();
  all.defer(() => admin.close());
  const working = await startHub(redis.url, all);
  const hearing = await startHub(redis.url, all);
  const emptyKb = memoryOf(working.pids);
  const before = spentNow(working.pids).server;
  const talks: Talk[] = [];
  for (let n = 0; n < CONNECTIONS; n++) talks.push(await Talk.begin(working.port, `user${n}`));
  all.defer(() => talks.forEach((talk) => talk.end()));
  const connected = spentNow(working.pids).server;
  await pause(SETTLE_MS);
  const connectionKib = (memoryOf(working.pids) - emptyKb) / CONNECTIONS;

  await notify(talks, WARM); // What is compiled on first use is no cost of a notification.
  await pause(SETTLE_MS);
  const stamp = async (): Promise<Stamp> => ({
    at: performance.now() / 1_000,
    working: spentNow(working.pids).server,
    hearing: spentNow(hearing.pids).server,
    bytes: talks.reduce((sum, talk) => sum + talk.bytes, 0),
    ...figuresIn(await admin.send<string>(["INFO", "everything"])),
  });
  const quiet = await stamp();
  await pause(IDLE_MS);
  const first = await stamp();
  await notify(talks, NOTIFICATIONS);
  await pause(SETTLE_MS); // Until all receipts are told.
  const last = await stamp();
  /** Without what the same time costs while nothing happens. */
  const each = (of: Exclude<keyof Stamp, "at">) => {
    const idle = (first[of] - quiet[of]) / (first.at - quiet.at);
    return Math.max(0, (last[of] - first[of] - idle * (last.at - first.at)) / NOTIFICATIONS);
  };
  return {
    connectionKib,
    connectMs: ((connected - before) / CONNECTIONS) * 1_000,
    notificationMs: each("working") * 1_000,
    ringMs: each("hearing") * 1_000,
    redisMs: each("cpu") * 1_000,
    redisCommands: each("commands"),
    redisWireBytes: each("wire"),
    ringBytes: RINGS * ringLength(),
    keptBytes: each("memory"),
    browserBytes: each("bytes"),
  };
}

type Stamp = {
  /** Seconds. */
  readonly at: number;
  /** Processor seconds of each hub, and of Redis. */
  readonly working: number;
  readonly hearing: number;
  readonly cpu: number;
  readonly commands: number;
  /** Bytes that Redis holds, heard and said; and that browsers did. */
  readonly memory: number;
  readonly wire: number;
  readonly bytes: number;
};

function figuresIn(told: string): Pick<Stamp, "cpu" | "commands" | "memory" | "wire"> {
  const figure = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, "mu").exec(told)?.[1] ?? Number.NaN);
  return {
    cpu: figure("used_cpu_user") + figure("used_cpu_sys"),
    commands: figure("total_commands_processed"),
    memory: figure("used_memory_dataset"),
    wire: figure("total_net_input_bytes") + figure("total_net_output_bytes"),
  };
}

async function startHub(store: string, all: AsyncDisposableStack) {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "carillon-capacity-"));
  all.defer(() => rm(folder, { recursive: true, force: true }));
  const hub = await launch({
    command: [process.execPath, join(import.meta.dirname, "../../../server/src/main.ts")],
    folder,
    port,
    env: {
      NODE_ENV: "production",
      CARILLON_PORT: String(port),
      CARILLON_STORE: store,
      CARILLON_LOG_LEVEL: "warn",
      CARILLON_TOKEN_KEYS: `${TOKEN_KEY.kid}:${TOKEN_KEY.secret.toString()}`,
      CARILLON_SENDS_PER_SECOND: "0",
      CARILLON_CONNECTIONS_PER_ADDRESS: String(2 * CONNECTIONS),
      CARILLON_UNAUTHENTICATED_PER_ADDRESS: String(2 * CONNECTIONS),
    },
  });
  all.defer(() => hub.end());
  return hub;
}

/** Each sends to the next one, so many at once, until that many are there and acknowledged. */
async function notify(talks: readonly Talk[], count: number): Promise<void> {
  for (let n = 0; n < count; n += talks.length)
    await Promise.all(talks.slice(0, count - n).map((talk, at) => talk.sendTo(`user${(at + 1) % talks.length}`)));
}

/** One connection that acknowledges whatever it gets, as browsers do. */
class Talk {
  bytes = 0;
  readonly #socket: WebSocket;
  #sent = 0;
  #answered: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (text: Buffer) => this.#hear(text));
  }

  static async begin(port: number, uid: string): Promise<Talk> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/socket`, SUBPROTOCOL);
    const talk = new Talk(socket);
    await once(socket, "open");
    const welcomed = new Promise<void>((resolve) => (talk.#answered = resolve));
    talk.#say({ type: "hello", token: await mintToken(uid, { key: TOKEN_KEY, audience: "carillon" }) });
    await welcomed;
    return talk;
  }

  async sendTo(to: string): Promise<void> {
    const answered = new Promise<void>((resolve) => (this.#answered = resolve));
    this.#sent += 1;
    this.#say({ type: "send", id: `d${this.#sent}`, to, text: TEXT });
    await answered;
  }

  end(): void {
    this.#socket.terminate();
  }

  #say(frame: object): void {
    const text = JSON.stringify(frame);
    this.bytes += text.length;
    this.#socket.send(text);
  }

  #hear(text: Buffer): void {
    this.bytes += text.length;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the hub is ours, and its frames are tested elsewhere.
    const frame = JSON.parse(text.toString()) as { type: string; entries?: readonly { seq: number }[] };
    if (frame.type === "refused") throw new Error(`A draft was refused: ${text.toString()}`);
    if (frame.type === "welcome" || frame.type === "sent") this.#answered();
    const last = frame.entries?.at(-1);
    if (last !== undefined) this.#say({ type: "ack", seq: last.seq });
  }
}

/** What one ring adds to a message. */
function ringLength(): number {
  const ring = { uid: "user1234", head: 1_234, epoch: "x".repeat(21) };
  const message = { hub: "", n: 1, isBeat: false, news: [], revoked: [] };
  return encode({ ...message, rings: [ring, ring] }).length - encode({ ...message, rings: [ring] }).length;
}

/** Of a notification: its log's, its author's, and its author's again when it is delivered. */
const RINGS = 3;
const CONNECTIONS = 300;
const WARM = 1_500;
const NOTIFICATIONS = 6_000;
const SETTLE_MS = 2_000;
const IDLE_MS = 5_000;
/** As long as a reply often is. */
const TEXT = "Thank you, that is what I was looking for; see you on Monday, then.";
