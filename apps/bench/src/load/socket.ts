import { Frames, type OnMessage } from "./frames.ts";
import type { Line } from "./line.ts";
import { frame, PONG, TEXT } from "./mask.ts";

export type SocketOptions = {
  /** With its query. */
  readonly path: string;
  readonly subprotocol?: string;
  /** The upgrade is granted. */
  readonly onOpen: () => void;
  readonly onMessage: OnMessage;
  readonly onFault: (reason: string) => void;
};

/** The client's half of a WebSocket, on a line. */
export class Socket {
  readonly #line: Line;
  readonly #options: SocketOptions;
  readonly #frames: Frames;
  /** The answer to the upgrade, until all of its headers are there. */
  #answer: Buffer | undefined = Buffer.alloc(0);

  constructor(line: Line, options: SocketOptions) {
    this.#line = line;
    this.#options = options;
    this.#frames = new Frames({
      onMessage: options.onMessage,
      onPing: (payload) => line.say(frame(PONG, payload)),
      onClose: (payload) => options.onFault(`closed: ${codeIn(payload)} ${payload.toString("utf8", 2)}`),
    });
  }

  begin(): void {
    const { path, subprotocol } = this.#options;
    const wanted = subprotocol === undefined ? "" : `Sec-WebSocket-Protocol: ${subprotocol}\r\n`;
    this.#line.say(
      Buffer.from(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: Y2FyaWxsb24tYmVuY2gxNg==\r\n${wanted}\r\n`,
      ),
    );
  }

  read(bytes: Buffer, length: number): void {
    if (this.#answer === undefined) return this.#frames.read(bytes, 0, length);
    const answer = Buffer.concat([this.#answer, bytes.subarray(0, length)]);
    this.#answer = answer;
    const end = answer.indexOf("\r\n\r\n");
    if (end < 0) return;
    this.#answer = undefined;
    if (!answer.toString("latin1", 0, end).startsWith("HTTP/1.1 101"))
      return this.#options.onFault(answer.toString("latin1", 0, end).split("\r\n")[0] ?? "");
    this.#options.onOpen();
    if (end + 4 < answer.length) this.#frames.read(answer, end + 4, answer.length);
  }

  /** For what is said seldom; the rest has a stencil. */
  say(payload: string | Buffer, opcode: number = TEXT): void {
    this.#line.say(frame(opcode, payload));
  }
}

function codeIn(payload: Buffer): number | undefined {
  return payload.length < 2 ? undefined : payload.readUInt16BE(0);
}
