import { once } from "node:events";
import { SUBPROTOCOL } from "@carillon/protocol";
import { WebSocket } from "ws";

export type SocketLineOptions = {
  /** Subprotocols to offer; default carillon.v1. */
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether to answer WebSocket pings; default true. */
  readonly autoPong?: boolean;
};

/** The other end of a real WebSocket. Frames queue, so that none can be missed; `closed` says how it ended. */
export class SocketLine {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #frames: unknown[] = [];
  readonly #readers: ((frame: unknown) => void)[] = [];
  #isClosed = false;

  private constructor(url: string, { protocols = [SUBPROTOCOL], headers, autoPong = true }: SocketLineOptions) {
    this.socket = new WebSocket(url, [...protocols], { headers: { ...headers }, autoPong, perMessageDeflate: false });
    this.closed = new Promise((resolve) => {
      this.socket.on("close", (code, reason) => {
        this.#isClosed = true;
        for (const read of this.#readers.splice(0)) read({ closed: code });
        resolve({ code, reason: String(reason) });
      });
    });
    this.socket.on("message", (frame: Buffer) => this.#onFrame(JSON.parse(frame.toString())));
    this.socket.on("error", () => {}); // `open` or `closed` tells.
  }

  /** Resolves when it is open; rejects with the status if the upgrade was refused. */
  static async open(url: string, options: SocketLineOptions = {}): Promise<SocketLine> {
    const line = new SocketLine(url, options);
    const refused = new Promise<never>((_resolve, reject) => {
      line.socket.on("unexpected-response", (_request, response) => {
        line.socket.terminate();
        reject(new Error(`upgrade answered ${response.statusCode}`));
      });
    });
    await Promise.race([once(line.socket, "open"), refused]);
    return line;
  }

  /** Sends a string or Buffer as it is, anything else as JSON. */
  send(frame: unknown): void {
    this.socket.send(typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The next frame; `{closed: code}` if there is none any more. */
  next(): Promise<unknown> {
    if (this.#frames.length > 0) return Promise.resolve(this.#frames.shift());
    if (this.#isClosed) return this.closed.then(({ code }) => ({ closed: code }));
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  /** Says hello and gives the frame that answers. */
  hello(token: string, position?: unknown): Promise<unknown> {
    this.send({ type: "hello", token, position });
    return this.next();
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  terminate(): void {
    this.socket.terminate();
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  #onFrame(frame: unknown): void {
    const read = this.#readers.shift();
    if (read === undefined) this.#frames.push(frame);
    else read(frame);
  }
}
