import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Signal } from "../../faults/signal.ts";
import { type Frame, frame, opcode, readFrame } from "./frame.ts";
import { readResponse, type Response, upgrade } from "./http.ts";

/** What the hub's end of the conversation was: a close frame's code, `fin` for an end without one, `reset` for a torn one. */
export type Ending = number | "fin" | "reset";

/**
 * One TCP connection on which any bytes can be written, and whatever comes back is read: HTTP responses first, WebSocket frames
 * once the hub has switched. It answers nothing by itself, neither pings nor closes.
 */
export class RawPeer implements Disposable {
  readonly #socket: Socket;
  readonly #changes = new Signal();
  #bytes = Buffer.alloc(0);
  #ended: "fin" | "reset" | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#changes.tell();
    });
    socket.on("end", () => this.#end("fin"));
    socket.on("error", () => this.#end("reset"));
    socket.on("close", () => this.#end("fin"));
  }

  static async to(port: number): Promise<RawPeer> {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    await once(socket, "connect");
    return new RawPeer(socket);
  }

  /** A WebSocket on which nothing was said yet. */
  static async open(port: number, handshake: Buffer = upgrade()): Promise<RawPeer> {
    const peer = await RawPeer.to(port);
    peer.write(handshake);
    const response = await peer.response();
    if (response?.status !== 101) throw new Error(`The upgrade was answered ${response?.raw ?? "with an end"}.`);
    return peer;
  }

  /** One that was welcomed. */
  static async welcomed(port: number, token: string): Promise<RawPeer> {
    const peer = await RawPeer.open(port);
    peer.say({ type: "hello", token });
    const answer = await peer.frame();
    if (answer?.opcode !== opcode.text) throw new Error("There was no welcome.");
    return peer;
  }

  /** Writes these bytes as they are; false if more of them wait than the kernel takes. */
  write(bytes: Buffer): boolean {
    return this.#socket.writable && this.#socket.write(bytes);
  }

  /** Sends one message as a well-behaved client does. */
  say(message: object): void {
    this.write(frame({ payload: JSON.stringify(message) }));
  }

  /** The next HTTP response; undefined if the connection ended without one. */
  async response(): Promise<Response | undefined> {
    return (await this.#next(readResponse))?.response;
  }

  /** The next frame; undefined if the connection ended without one. */
  async frame(): Promise<Frame | undefined> {
    return (await this.#next(readFrame))?.frame;
  }

  /** The next message, parsed; undefined if a close or the end came instead. */
  async hear(): Promise<unknown> {
    const next = await this.frame();
    return next?.opcode === opcode.text ? JSON.parse(next.payload.toString()) : undefined;
  }

  /** How the hub ended the conversation, whatever it said before; its close frame is answered, as a decent peer would. */
  async ending(): Promise<Ending> {
    for (let next = await this.frame(); next !== undefined; next = await this.frame()) {
      if (next.opcode !== opcode.close) continue;
      this.#socket.end(frame({ opcode: opcode.close, payload: next.payload }));
      await this.#changes.until(() => this.#ended !== undefined);
      return next.payload.length < 2 ? "fin" : next.payload.readUInt16BE();
    }
    return this.#ended ?? "fin";
  }

  /** Everything that the hub said, as text, once the connection has ended. */
  async rest(): Promise<string> {
    await this.#changes.until(() => this.#ended !== undefined);
    return this.#bytes.toString();
  }

  /** Reads no more: what the hub sends fills the buffers between. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Resolves when more can be written, or nothing any more. */
  async writable(): Promise<void> {
    await Promise.race([once(this.#socket, "drain"), once(this.#socket, "close")]).catch(() => {}); // A reset closes it too.
  }

  get isOver(): boolean {
    return this.#socket.destroyed || !this.#socket.writable;
  }

  /** Ends our half of the connection. */
  end(): void {
    this.#socket.end();
  }

  /** Tears the connection with a TCP reset. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  [Symbol.dispose](): void {
    if (!this.#socket.destroyed) this.#socket.resetAndDestroy();
  }

  async #next<T extends { readonly end: number }>(read: (bytes: Buffer) => T | undefined): Promise<T | undefined> {
    let found = read(this.#bytes);
    await this.#changes.until(() => (found ??= read(this.#bytes)) !== undefined || this.#ended !== undefined);
    if (found !== undefined) this.#bytes = this.#bytes.subarray(found.end);
    return found;
  }

  #end(how: "fin" | "reset"): void {
    this.#ended ??= how;
    this.#changes.tell();
  }
}
