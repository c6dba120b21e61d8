import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Signal } from "../../faults/signal.ts";
import { AWAITED } from "./packets.ts";

/** One connection of a life. Reads all that comes, and keeps of it only what was awaited and the name of its session. */
export class Lane {
  /** Resolves when it is closed, however. */
  readonly over: Promise<void>;
  session: string | undefined;
  /** Of the answers to requests; one whose line came in two pieces may be missing. */
  readonly statuses: number[] = [];
  readonly #socket: Socket;
  /** Resolves when the hub has said its last. */
  readonly #silence: Promise<void>;
  readonly #changes = new Signal();
  readonly #heard = new Set<string>();
  #end = "";

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.over = new Promise((resolve) => socket.on("close", () => resolve()));
    const ended = new Promise<void>((resolve) => socket.on("end", () => resolve()));
    this.#silence = Promise.race([ended, this.over]);
    socket.on("error", () => {}); // Being cut off is what we ask for; `close` follows.
    socket.on("data", (chunk: Buffer) => this.#hear(chunk.toString("latin1")));
  }

  /** @param address on loopback, from which it comes. */
  static async from(address: string, port: number): Promise<Lane> {
    const socket = connect({ port, host: "127.0.0.1", localAddress: address, allowHalfOpen: true });
    const lane = new Lane(socket);
    await Promise.race([once(socket, "connect").catch(() => {}), lane.over]);
    return lane;
  }

  get isWritable(): boolean {
    return this.#socket.writable;
  }

  get isReading(): boolean {
    return !this.#socket.isPaused();
  }

  /** Resolves when there is room for more. */
  async write(bytes: Buffer): Promise<void> {
    if (this.#socket.write(bytes)) return;
    const drained = new Promise<void>((resolve) => this.#socket.once("drain", () => resolve()));
    await Promise.race([drained, this.#silence]);
  }

  /** Resolves when this was said, or nothing more will be: a stream that is ended leaves its connection open. */
  async hears(awaited: keyof typeof AWAITED): Promise<void> {
    const isDecided = () => this.#heard.has(AWAITED[awaited]) || this.#heard.has(DISMISSAL);
    await Promise.race([this.#changes.until(isDecided), this.#silence]);
  }

  stopReading(): void {
    this.#socket.pause();
  }

  /** Ends our half; whether the hub ended its own in time. */
  async end(how: "fin" | "reset"): Promise<boolean> {
    if (how === "reset") this.#socket.resetAndDestroy();
    else this.#socket.end();
    this.#socket.resume();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), LATE_MS)));
    const isOver = await Promise.race([this.over.then(() => true), late]);
    clearTimeout(timer);
    this.#socket.destroy();
    return isOver;
  }

  #hear(chunk: string): void {
    const text = this.#end + chunk;
    for (const [, status] of chunk.matchAll(/HTTP\/1\.1 (\d{3}) /gu)) this.statuses.push(Number(status));
    for (const words of [...Object.values(AWAITED), DISMISSAL]) if (text.includes(words)) this.#heard.add(words);
    this.session ??= /"session":"([\w-]{12})"/u.exec(text)?.[1];
    this.#end = text.slice(-LONGEST);
    this.#changes.tell();
  }
}

/** The last event of a stream (P40). */
const DISMISSAL = "event: close";
/** Letters of the longest that is looked for. */
const LONGEST = 30;
/** More than any time-out of the hub allows a connection that said all that it will ever say. */
const LATE_MS = 60_000;
