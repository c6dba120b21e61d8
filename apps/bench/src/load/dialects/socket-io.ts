import { BODY_MARK } from "../body.ts";
import type { Line } from "../line.ts";
import { TEXT } from "../mask.ts";
import { Socket } from "../socket.ts";
import { BODY, NUMBER, numberAt, Stencil, TO } from "../stencil.ts";
import type { Dialect, Ears, Talk, Who } from "./dialect.ts";
import { plainToken } from "./plain.ts";

/** Engine.IO 4 and Socket.IO 5 on a WebSocket from the start. */
export const socketIo: Dialect = {
  acknowledges: true,
  credential: async (uid) => plainToken(uid),
  talk: (line, who, ears) => new SocketIoTalk(line, who, ears),
};

class SocketIoTalk implements Talk {
  readonly #line: Line;
  readonly #who: Who;
  readonly #ears: Ears;
  readonly #socket: Socket;

  constructor(line: Line, who: Who, ears: Ears) {
    this.#line = line;
    this.#who = who;
    this.#ears = ears;
    this.#socket = new Socket(line, {
      path: "/socket.io/?EIO=4&transport=websocket",
      onOpen: () => {}, // The server speaks first.
      onMessage: (bytes, start, end) => this.#onMessage(bytes, start, end),
      onFault: ears.onFault,
    });
  }

  begin(): void {
    this.#socket.begin();
  }

  read(bytes: Buffer, length: number): void {
    this.#socket.read(bytes, length);
  }

  send(to: number, at: number, number: number): void {
    NOTIFY.say(this.#line, to, at, this.#who.index, number);
  }

  #onMessage(bytes: Buffer, start: number, end: number): void {
    switch (String.fromCharCode(bytes[start] ?? 0)) {
      case "4":
        return this.#onPacket(bytes, start + 1, end);
      case "2": // Its ping.
        return this.#socket.say("3");
      case "0": {
        const { uid, credential: token } = this.#who;
        return this.#socket.say(`40${JSON.stringify({ uid, token })}`);
      }
      default:
        return this.#ears.onFault(bytes.toString("utf8", start, end));
    }
  }

  #onPacket(bytes: Buffer, start: number, end: number): void {
    switch (String.fromCharCode(bytes[start] ?? 0)) {
      case "2":
        return this.#ears.onBody(bytes, bytes.indexOf(BODY_MARK, start));
      case "3":
        return this.#ears.onAcknowledged(numberAt(bytes, start + 1));
      case "0":
        return this.#ears.onReady();
      default:
        return this.#ears.onFault(bytes.toString("utf8", start, end));
    }
  }
}

const NOTIFY = new Stencil(TEXT, ["42", NUMBER, '["notify",{"to":"u', TO, '","text":"', BODY, '"}]']);
