import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import type { SocketEvents, SocketFactory } from "@carillon/client";
import type { WebSocket } from "ws";

/** Takes the hub's end of a new connection; undefined while there is no hub. */
export type Host = (socket: WebSocket, raw: Socket) => void;

/**
 * Connections without a network, for a client and a hub in one process. Frames arrive in order, one turn of the event loop
 * after the other, so that what both ends do interleaves; a cut loses what is under way in both directions.
 */
export class MemoryWire {
  host: Host | undefined;
  readonly #lines = new Set<MemoryConnection>();

  readonly dial: SocketFactory = (_url, events) => {
    const line = new MemoryConnection(events, this.host, () => this.#lines.delete(line));
    this.#lines.add(line);
    return { send: (frame) => line.up(frame), close: () => line.end(1000) };
  };

  /** Cuts the connection that was made n-th of those that are there (counted round). */
  cut(n: number): void {
    [...this.#lines].at(n % Math.max(1, this.#lines.size))?.end(1006);
  }

  cutAll(): void {
    for (const line of this.#lines) line.end(1006);
  }
}

/** One connection: the client's end is `SocketEvents`, the hub's end looks like a socket of `ws`. */
class MemoryConnection {
  readonly #events: SocketEvents;
  readonly #hubEnd: HubEnd;
  readonly #onEnd: () => void;
  #isOpen = true;

  constructor(events: SocketEvents, host: Host | undefined, onEnd: () => void) {
    this.#events = events;
    this.#onEnd = onEnd;
    this.#hubEnd = new HubEnd((code) => this.end(code));
    this.#later(() => {
      if (host === undefined) return this.end(1006);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a stand-in for what the hub uses of each.
      host(this.#hubEnd as unknown as WebSocket, rawSocket((bytes) => this.#down(bytes)) as unknown as Socket);
      events.onOpen();
    });
  }

  up(frame: string): void {
    this.#later(() => this.#hubEnd.emit("message", Buffer.from(frame), false));
  }

  end(code: number): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#onEnd();
    this.#hubEnd.readyState = CLOSED;
    setImmediate(() => {
      this.#hubEnd.emit("close", code, Buffer.alloc(0));
      this.#events.onClose(code, "");
    });
  }

  #down(bytes: Buffer): void {
    for (const text of textsIn(bytes)) this.#later(() => this.#events.onFrame(text));
  }

  #later(arrive: () => void): void {
    setImmediate(() => {
      if (this.#isOpen) arrive();
    });
  }
}

const OPEN = 1;
const CLOSED = 3;

/** What the hub uses of a WebSocket. */
class HubEnd extends EventEmitter {
  readonly OPEN = OPEN;
  readyState = OPEN;
  readonly #close: (code: number) => void;

  constructor(close: (code: number) => void) {
    super();
    this.#close = close;
  }

  ping(): void {
    this.emit("pong", Buffer.alloc(0));
  }

  close(code: number): void {
    this.readyState = CLOSED;
    this.#close(code);
  }
}

/** What the hub uses of the socket below it: it never fills. */
function rawSocket(write: (bytes: Buffer) => void) {
  const raw = { on: () => raw, write, writableHighWaterMark: 1, writableLength: 0, destroyed: false };
  return raw;
}

/** The unmasked text frames that these bytes are, whole ones only (RFC 6455, 5.2). */
function* textsIn(bytes: Buffer): Generator<string> {
  for (let at = 0; at < bytes.length;) {
    const short = bytes.readUInt8(at + 1);
    const start = at + 2 + (short < 126 ? 0 : short === 126 ? 2 : 8);
    const length = short < 126 ? short : bytes.readUIntBE(at + 2 + (short === 126 ? 0 : 2), short === 126 ? 2 : 6);
    yield bytes.toString("utf8", start, start + length);
    at = start + length;
  }
}
