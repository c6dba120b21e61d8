import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Mode } from "./proxy.ts";
import { Signal } from "./signal.ts";

/** Up is from the client to the hub. */
export type Direction = "up" | "down";

/** One connection through the proxy: two sockets, and the bytes between them. Nothing is stored: who does not read is not read from. */
export class Passage {
  /** Resolves when it is over, however. */
  readonly ended: Promise<void>;
  readonly #client: Socket;
  readonly #hub: Socket;
  readonly #changes = new Signal();
  /** Bytes that may still pass; when they have, the connection is cut. */
  readonly #left = { up: Infinity, down: Infinity };
  /** Bytes that have passed. */
  readonly passed = { up: 0, down: 0 };
  #mode: Mode;
  #isOver = false;

  constructor(client: Socket, hub: Socket, mode: Mode) {
    this.#client = client;
    this.#hub = hub;
    this.#mode = mode;
    for (const socket of [client, hub]) {
      socket.setNoDelay(true);
      socket.on("error", () => {}); // Resets are what we are here for; `close` follows.
      socket.on("drain", () => this.#changes.tell());
      socket.on("close", () => this.#changes.tell());
    }
    this.ended = Promise.all([this.#pump("up", client, hub), this.#pump("down", hub, client)]).then(() => {
      this.#isOver = true;
      this.#changes.tell();
    });
  }

  set mode(mode: Mode) {
    this.#mode = mode;
    this.#changes.tell();
  }

  /** Lets exactly so many more bytes pass in that direction, then cuts both ways; after 0, when the next ones come. */
  cutAfter(direction: Direction, bytes: number): void {
    this.#left[direction] = bytes;
  }

  /** Resolves when so many more bytes have passed in that direction; false if it was over before. */
  async more(direction: Direction, bytes: number): Promise<boolean> {
    const least = this.passed[direction] + bytes;
    await this.#changes.until(() => this.passed[direction] >= least || this.#isOver);
    return this.passed[direction] >= least;
  }

  /** Ends both sides with a TCP reset. */
  reset(): void {
    this.#client.resetAndDestroy();
    this.#hub.resetAndDestroy();
  }

  async #pump(direction: Direction, from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) await this.#forward(direction, chunk, to);
      to.end();
    } catch {
      // Reset by a peer, or by us.
    }
    // What one side ended, the other has no use for: a WebSocket is never half closed for long.
    if (!to.destroyed) to.destroySoon();
    from.destroy();
  }

  async #forward(direction: Direction, chunk: Buffer, to: Socket): Promise<void> {
    await this.#changes.until(() => this.#mode !== "blackhole" || to.destroyed);
    for (const slice of slices(chunk, this.#mode)) {
      const allowed = slice.subarray(0, this.#left[direction]);
      this.#left[direction] -= allowed.length;
      this.passed[direction] += allowed.length;
      this.#changes.tell();
      if (!to.write(allowed)) await this.#changes.until(() => to.destroyed || !to.writableNeedDrain);
      if (this.#left[direction] === 0) return this.#cut(to);
      if (typeof this.#mode === "object") await pause(SLICE_MS);
    }
  }

  /** The last bytes arrive, then nothing more, in either direction. */
  #cut(last: Socket): void {
    last.destroySoon();
    (last === this.#hub ? this.#client : this.#hub).destroy();
  }
}

const SLICE_MS = 20;

function* slices(chunk: Buffer, mode: Mode): Generator<Buffer> {
  const most =
    typeof mode === "object" ? Math.max(1, Math.round((mode.bytesPerSecond * SLICE_MS) / 1000)) : chunk.length;
  for (let at = 0; at < chunk.length; at += most) yield chunk.subarray(at, at + most);
}
