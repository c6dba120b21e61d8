import type { Socket } from "node:net";
import type { Close } from "@carillon/protocol";
import type { WebSocket } from "ws";

/** What a protocol does with what its peer says. */
export type PeerEvents = {
  /** A text frame, or undefined for a binary one. */
  readonly onText: (text: string | undefined) => void;
  /** The peer's network stack has read everything that was sent before the ping with this mark. */
  readonly onMark?: (mark: string) => void;
  /** The connection is gone; called once. */
  readonly onGone: (code: number, reason: string) => void;
};

/** One WebSocket with bounded buffers and a last sign of life, whatever is spoken on it. */
export class Peer {
  /** When anything last arrived, in milliseconds of a monotonic clock. */
  heardAt = performance.now();
  readonly #socket: WebSocket;
  readonly #raw: Socket;
  #waiting: (() => void)[] = [];
  #slow: Close;

  /** @param slow how to hang up on a peer that does not read. */
  constructor(socket: WebSocket, raw: Socket, slow: Close, events: PeerEvents) {
    this.#socket = socket;
    this.#raw = raw;
    this.#slow = slow;
    socket.on("message", (data, isBinary) => {
      this.heardAt = performance.now();
      const text = isBinary || !Buffer.isBuffer(data) ? undefined : data.toString(); // `ws` gives text as one Buffer.
      if (socket.readyState === socket.OPEN) events.onText(text);
    });
    socket.on("pong", (mark) => {
      this.heardAt = performance.now();
      if (mark.length > 0) events.onMark?.(mark.toString("latin1"));
    });
    socket.on("ping", () => (this.heardAt = performance.now()));
    socket.on("error", () => {}); // Broken frames and resets; `ws` has answered them with a close code, and `close` follows.
    socket.on("close", (code, reason) => {
      this.#release();
      events.onGone(code, String(reason));
    });
    raw.on("drain", () => this.#release());
  }

  send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(text);
    if (this.#socket.bufferedAmount > UNSENT_LIMIT) this.hangUp(this.#slow); // P30
  }

  /** Asks for a sign of life; a mark comes back through `onMark`. */
  ping(mark = ""): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping(mark);
  }

  hangUp({ code, reason }: Close): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.close(code, reason);
  }

  /** Resolves when few enough bytes are unsent to take another page, or the connection is gone. */
  drained(): Promise<void> {
    if (this.#socket.bufferedAmount <= this.#raw.writableHighWaterMark || this.#raw.destroyed) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #release(): void {
    const released = this.#waiting;
    this.#waiting = [];
    for (const resolve of released) resolve();
  }
}

/** Bytes that may wait for a peer that does not read. */
export const UNSENT_LIMIT = 1_048_576;
