import { createHash } from "node:crypto";
import { BODY_BYTES } from "../body.ts";
import type { Line } from "../line.ts";
import { BINARY } from "../mask.ts";
import { Rest } from "../rest.ts";
import { Socket } from "../socket.ts";
import { BODY, NUMBER, numberAt, type Part, Stencil, TO } from "../stencil.ts";
import type { Dialect, Ears, Talk, Who } from "./dialect.ts";

/** The protocol of NATS on a WebSocket: each user subscribes to a subject of its own. Nobody says that it has taken anything. */
export const nats: Dialect = {
  acknowledges: false,
  credential: async (uid) => natsPassword(uid),
  talk: (line, who, ears) =>
    new NatsTalk(line, who, ears, new Stencil(BINARY, ["PUB n.u", TO, ` ${BODY_BYTES}\r\n`, BODY, "\r\n"])),
};

/** The same where a stream keeps what is published: JetStream says so, by a message to the sender. */
export const jetStream: Dialect = {
  ...nats,
  acknowledges: true,
  talk: (line, who, ears) => {
    const parts: readonly Part[] = ["PUB n.u", TO, ` a.${who.index}.`, NUMBER, ` ${BODY_BYTES}\r\n`, BODY, "\r\n"];
    return new NatsTalk(line, who, ears, new Stencil(BINARY, parts));
  },
};

export function natsPassword(uid: string): string {
  return createHash("sha256").update(`nats ${uid}`).digest("hex").slice(0, 16);
}

class NatsTalk implements Talk {
  readonly #line: Line;
  readonly #who: Who;
  readonly #ears: Ears;
  readonly #publish: Stencil;
  readonly #socket: Socket;
  readonly #rest = new Rest();
  readonly #consume = (bytes: Buffer, from: number, to: number) => this.#linesIn(bytes, from, to);

  constructor(line: Line, who: Who, ears: Ears, publish: Stencil) {
    this.#line = line;
    this.#who = who;
    this.#ears = ears;
    this.#publish = publish;
    this.#socket = new Socket(line, {
      path: "/",
      onOpen: () => this.#socket.say(greeting(who), BINARY),
      onMessage: (bytes, start, end) => this.#rest.read(bytes, start, end, this.#consume),
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
    this.#publish.say(this.#line, to, at, this.#who.index, number);
  }

  #linesIn(bytes: Buffer, from: number, to: number): number {
    for (let at = from; ;) {
      const end = bytes.indexOf(LINE_FEED, at) + 1;
      if (end === 0 || end > to) return at;
      const next = bytes[at] === MESSAGE ? end + payloadBytes(bytes, end) + 2 : end;
      if (next > to) return at;
      this.#onLine(bytes, at, end);
      at = next;
    }
  }

  /** @param payload where what follows the line begins. */
  #onLine(bytes: Buffer, at: number, payload: number): void {
    switch (bytes[at]) {
      case MESSAGE:
        return this.#onMessage(bytes, at + SUBJECT_AT, payload);
      case PING_OR_PONG:
        return bytes[at + 1] === PING_I ? this.#socket.say("PONG\r\n", BINARY) : this.#ears.onReady();
      case INFO: // Whatever the server is.
        return;
      default:
        return this.#ears.onFault(bytes.toString("utf8", at, payload));
    }
  }

  #onMessage(bytes: Buffer, subject: number, payload: number): void {
    if (bytes[subject] !== ANSWER) return this.#ears.onBody(bytes, payload);
    const number = numberAt(bytes, bytes.indexOf(BLANK, subject) - 8);
    const isStored = bytes.toString("latin1", payload, payload + STORED.length) === STORED;
    return isStored ? this.#ears.onAcknowledged(number) : this.#ears.onFault("It was not stored.");
  }
}

const LINE_FEED = 10;
const BLANK = 32;
const ANSWER = "a".charCodeAt(0);
const INFO = "I".charCodeAt(0);
const MESSAGE = "M".charCodeAt(0);
const PING_OR_PONG = "P".charCodeAt(0);
const PING_I = "I".charCodeAt(0);
const SUBJECT_AT = "MSG ".length;
/** An error begins otherwise. */
const STORED = '{"stream"';

/** PING comes last: its PONG says that all of it was accepted. */
function greeting({ index, uid, credential, isSender }: Who): string {
  const who = JSON.stringify({ verbose: false, pedantic: false, user: uid, pass: credential });
  const answers = isSender ? `SUB a.${index}.* 2\r\n` : "";
  return `CONNECT ${who}\r\nSUB n.${uid} 1\r\n${answers}PING\r\n`;
}

/** The number that ends the line before `end`. */
function payloadBytes(bytes: Buffer, end: number): number {
  let value = 0;
  for (let at = end - 3, scale = 1; (bytes[at] ?? 0) !== BLANK; at -= 1, scale *= 10)
    value += ((bytes[at] ?? 0) - 48) * scale;
  return value;
}
