import { createHash } from "node:crypto";
import { BODY_BYTES } from "../body.ts";
import { Line } from "../line.ts";
import { Rest } from "../rest.ts";
import { Socket } from "../socket.ts";
import { BODY, Stencil, TO } from "../stencil.ts";
import type { Dialect, Ears, Talk, Who } from "./dialect.ts";

/** Nchan: one receives on a WebSocket, and publishes by POST on a connection that stays. */
export const nchan: Dialect = {
  acknowledges: true,
  credential: async (uid) => createHash("md5").update(`${uid} ${NCHAN_SECRET}`).digest("base64url"),
  talk: (line, who, ears) => new NchanTalk(line, who, ears),
};

export const NCHAN_SECRET = "only-the-bench";

class NchanTalk implements Talk {
  readonly #who: Who;
  readonly #ears: Ears;
  readonly #socket: Socket;
  readonly #rest = new Rest();
  readonly #consume = (bytes: Buffer, from: number, to: number) => this.#answersIn(bytes, from, to);
  #publisher: Line | undefined;
  #answered = 0;

  constructor(line: Line, who: Who, ears: Ears) {
    this.#who = who;
    this.#ears = ears;
    this.#socket = new Socket(line, {
      path: `/sub/${who.uid}?token=${who.credential}`,
      onOpen: () => (who.isSender ? this.#openPublisher() : ears.onReady()),
      onMessage: (bytes, start) => ears.onBody(bytes, start),
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
    if (this.#publisher !== undefined) POST.say(this.#publisher, to, at, this.#who.index, number);
  }

  end(): void {
    this.#publisher?.cut();
    this.#publisher = undefined;
  }

  #openPublisher(): void {
    this.#publisher = new Line(this.#who.port, "127.0.0.1", {
      onOpen: this.#ears.onReady,
      onBytes: (bytes, length) => this.#rest.read(bytes, 0, length, this.#consume),
      onGone: () => {
        if (this.#publisher !== undefined) this.#ears.onFault("The publisher's connection ended.");
      },
    });
  }

  /** Answers come in the order of the requests, so each status line is the next one's. */
  #answersIn(bytes: Buffer, from: number, to: number): number {
    for (let at = from; ;) {
      const next = bytes.indexOf(STATUS, at);
      if (next < 0 || next + STATUS.length >= to) return Math.max(at, to - STATUS.length);
      at = next + STATUS.length;
      if (bytes[at] !== GOOD) this.#ears.onFault("It was not taken.");
      else this.#ears.onAcknowledged(this.#answered++);
    }
  }
}

const STATUS = Buffer.from("HTTP/1.1 ");
const GOOD = "2".charCodeAt(0);
const POST = new Stencil(undefined, [
  "POST /pub/u",
  TO,
  ` HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: ${BODY_BYTES}\r\n\r\n`,
  BODY,
]);
