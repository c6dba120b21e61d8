import { connect, type Socket } from "node:net";

export type LineEvents = {
  readonly onOpen: () => void;
  /** These bytes are overwritten when this returns. */
  readonly onBytes: (bytes: Buffer, length: number) => void;
  /** It is gone; told once, also if it never opened. */
  readonly onGone: () => void;
};

/**
 * One TCP connection that costs little: all lines read into the same memory, and what one turn of the event loop says to one
 * socket is one write.
 */
export class Line {
  /** What this turn has said so far. */
  #said: Buffer = EMPTY;
  #used = 0;
  readonly #socket: Socket;

  /** @param from the loopback address that it comes from. */
  constructor(port: number, from: string, { onOpen, onBytes, onGone }: LineEvents) {
    const callback = (length: number) => {
      onBytes(INBOX, length);
      return true;
    };
    const where = { port, host: HOST, localAddress: from, noDelay: true };
    this.#socket = connect({ ...where, onread: { buffer: INBOX, callback } });
    this.#socket.once("connect", onOpen);
    this.#socket.on("error", () => {}); // `close` follows.
    this.#socket.once("close", onGone);
  }

  /** Room for so many bytes behind what was said: they stand at the returned offset of `paper`, and have to be written there now. */
  room(bytes: number): number {
    const at = this.#used;
    if (at === 0) touched.push(this);
    if (touched.length === 1 && at === 0) setImmediate(flushAll);
    if (at + bytes > this.#said.length) this.#grow(at + bytes);
    this.#used = at + bytes;
    return at;
  }

  get paper(): Buffer {
    return this.#said;
  }

  say(bytes: Buffer): void {
    const at = this.room(bytes.length);
    this.#said.set(bytes, at);
  }

  /** Without a word, as a lost network does; the kernel says so by a reset. */
  cut(): void {
    this.#used = 0;
    this.#socket.resetAndDestroy();
  }

  flush(): void {
    if (this.#used > 0) this.#socket.write(this.#said.subarray(0, this.#used));
    this.#said = EMPTY; // The socket may still hold it.
    this.#used = 0;
  }

  #grow(least: number): void {
    const bytes = Buffer.allocUnsafe(Math.max(LEAST, least, this.#said.length * 2));
    bytes.set(this.#said.subarray(0, this.#used));
    this.#said = bytes;
  }
}

const HOST = "127.0.0.1";
const EMPTY = Buffer.alloc(0);
const INBOX = Buffer.allocUnsafeSlow(256 * 1_024);
/** Fits one message, and is cut from a pool. */
const LEAST = 512;
Buffer.poolSize = 1_024 * 1_024;

let touched: Line[] = [];

function flushAll(): void {
  const lines = touched;
  touched = [];
  for (const line of lines) line.flush();
}
