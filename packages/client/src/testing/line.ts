import { decodeUp, type Down, type Up } from "@carillon/protocol";
import type { Transport } from "../machine/choice.ts";
import type { ClientSocket, SocketEvents, SocketFactory } from "../socket.ts";
import { Queue } from "./queue.ts";

/** The hub's end of one connection in memory. */
export class Line {
  readonly url: string;
  readonly transport: Transport;
  readonly #events: SocketEvents;
  readonly #frames = new Queue<Up>();
  /** The code with which the client closed it. */
  closedWith: number | undefined;

  constructor(url: string, transport: Transport, events: SocketEvents) {
    this.url = url;
    this.transport = transport;
    this.#events = events;
  }

  /** The next frame of the client. Fails on one that breaks the protocol. */
  hear(): Promise<Up> {
    return this.#frames.next();
  }

  /** Every frame that the client sent and nobody heard yet. */
  heard(): Up[] {
    return this.#frames.drain();
  }

  open(): void {
    this.#events.onOpen();
  }

  say(message: Down): void {
    this.#events.onFrame(JSON.stringify(message));
  }

  /** Says what no protocol knows. */
  babble(frame: string): void {
    this.#events.onFrame(frame);
  }

  hangUp(code: number, reason = ""): void {
    this.#events.onClose(code, reason);
  }

  /** What the client's socket does with a frame. */
  take(frame: string): void {
    const decoded = decodeUp(frame);
    if (!decoded.ok) throw new Error(`The client broke the protocol: ${decoded.reason}`);
    this.#frames.push(decoded.message);
  }
}

/** Where a client dials: each connection that it opens arrives here as a line. */
export class Exchange {
  readonly #lines = new Queue<Line>();
  /** Connections that were ever opened. */
  dialled = 0;

  readonly socket: SocketFactory = (url, events) => this.#dial(new Line(url, "websocket", events));
  readonly stream: SocketFactory = (url, events) => this.#dial(new Line(url, "stream", events));

  /** The next connection, when it is dialled. */
  accept(): Promise<Line> {
    return this.#lines.next();
  }

  #dial(line: Line): ClientSocket {
    this.dialled += 1;
    this.#lines.push(line);
    return {
      send: (frame) => line.take(frame),
      close: (code) => {
        line.closedWith = code;
      },
    };
  }
}
