import { once } from "node:events";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { HubProcess } from "../faults/hub-process.ts";
import { socketUrl, tokenFor } from "../faults/credentials.ts";
import { LIMIT_MS, size } from "../faults/long.ts";
import { temporaryPlace } from "../faults/place.ts";
import { type Dice, dice } from "../faults/random.ts";
import { Witnesses } from "../faults/witness.ts";
import { canMeasure, descriptorsOf, memoryOf } from "./figures.ts";

const CYCLES = size(2_000, 200_000);
const AT_ONCE = 20;
const USERS = 500;
/** What a garbage collector may leave lying between two looks. */
const ALLOWED_MB = 48;

it.skipIf(!canMeasure)(
  `[P50] ${CYCLES} connections that come, send, and go in every way there is: memory and descriptors are where they were`,
  { timeout: size(LIMIT_MS, 3_600_000) },
  async () => {
    const chance = dice("cycles");
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, { env: { CARILLON_KEEP_ENTRIES: "100" } });
    const visitor = new Visitor(
      hub.port,
      await Promise.all(Array.from({ length: USERS }, (_, n) => tokenFor(`u${n}`))),
    );
    await using witnesses = new Witnesses(hub.port);
    await witnesses.measured("before");
    const empty = descriptorsOf(hub.pid);
    // As many who come and go in order are the measure of what the others cost.
    witnesses.phase = "calm";
    await visitor.come(CYCLES / PARTS, chance, ["whole"]);
    witnesses.phase = "cycles";
    const start = performance.now();
    const memories: number[] = [];
    for (let part = 0; part < PARTS; part += 1) {
      await visitor.come(CYCLES / PARTS, chance, WAYS);
      memories.push(memoryOf(hub.pid));
    }
    const rate = (CYCLES / (performance.now() - start)) * 1_000;
    witnesses.phase = "after";
    // Of a connection that was reset before it was one, nobody tells when its descriptor is let go.
    await expect.poll(() => descriptorsOf(hub.pid), { timeout: 15_000 }).toBeLessThanOrEqual(empty);
    console.log(
      `${CYCLES} cycles, ${rate.toFixed(0)} a second: memory in MiB after each tenth ${memories.map((each) => each.toFixed(0)).join(" ")}; ` +
        `descriptors ${empty} before, ${descriptorsOf(hub.pid)} after; ends ${JSON.stringify(visitor.ends)}`,
    );
    const [early, late] = [memories.slice(0, PARTS / 2), memories.slice(PARTS / 2)];
    expect(Math.min(...late) - Math.max(...early)).toBeLessThan(ALLOWED_MB);
    await witnesses.unharmed("cycles");
  },
);

const PARTS = 10;

/** Somebody who comes and goes all the time, each time as the dice say. */
class Visitor {
  /** How often each way was gone. */
  readonly ends: Record<string, number> = {};
  readonly #port: number;
  readonly #tokens: readonly string[];

  constructor(port: number, tokens: readonly string[]) {
    this.#port = port;
    this.#tokens = tokens;
  }

  async come(times: number, chance: Dice, ways: readonly Way[]): Promise<void> {
    let left = times;
    const onAndOn = async () => {
      while (left-- > 0) await this.#once(chance.oneOf(ways), chance);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, onAndOn));
  }

  async #once(way: Way, chance: Dice): Promise<void> {
    this.ends[way] = (this.ends[way] ?? 0) + 1;
    if (way === "reset while connecting") return this.#reset();
    const socket = new WebSocket(socketUrl(this.#port), "carillon.v1", { perMessageDeflate: false });
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.on("error", () => {});
    socket.once("open", () => void this.#speak(socket, way, chance));
    await closed;
  }

  async #speak(socket: WebSocket, way: Exclude<Way, "reset while connecting">, chance: Dice): Promise<void> {
    const up = (message: unknown) => socket.send(JSON.stringify(message), () => {});
    if (way === "cut before hello") return socket.terminate();
    up({ type: "hello", token: chance.oneOf(this.#tokens) });
    if (way === "cut during hello") return void setImmediate(() => socket.terminate());
    await next(socket, "welcome");
    up({ type: "send", id: `c${chance.below(2 ** 31)}`, to: `u${chance.below(USERS)}`, text: "in passing" });
    if (way === "cut while sending") return void setImmediate(() => socket.terminate());
    if (way === "hang up while sending") return socket.close();
    await next(socket, "sent");
    socket.close();
  }

  async #reset(): Promise<void> {
    const socket = connect(this.#port, "127.0.0.1");
    await once(socket, "connect");
    const closed = once(socket, "close");
    socket.write("GET /v1/socket HTTP/1.1\r\nHost: hub\r\nUpg");
    socket.resetAndDestroy();
    await closed;
  }
}

const WAYS = [
  "whole",
  "whole",
  "whole",
  "hang up while sending",
  "cut while sending",
  "cut during hello",
  "cut before hello",
  "reset while connecting",
] as const;
type Way = (typeof WAYS)[number];

/** Resolves when a frame of that type came, or none will. */
function next(socket: WebSocket, type: string): Promise<void> {
  return new Promise((resolve) => {
    socket.once("close", () => resolve());
    socket.on("message", (frame: Buffer) => {
      if (JSON.parse(frame.toString()).type === type) resolve();
    });
  });
}
