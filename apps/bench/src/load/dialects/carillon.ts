import { randomBytes } from "node:crypto";
import { SUBPROTOCOL } from "@carillon/protocol";
import { mintToken } from "@carillon/protocol/token";
import { BODY_MARK } from "../body.ts";
import { now } from "../clock.ts";
import type { Line } from "../line.ts";
import { headerOf, masked, TEXT } from "../mask.ts";
import { Socket } from "../socket.ts";
import { BODY, NUMBER, numberAt, Stencil, TO } from "../stencil.ts";
import type { Dialect, Ears, Position, Talk, Who } from "./dialect.ts";

/** The key that the hub of a run is given. */
export const TOKEN_KEY = { kid: "bench", secret: Buffer.from("a-secret-that-only-the-bench-ever-uses") };

/** carillon.v1 as the real client speaks it: the token in `hello`, and an `ack` for each frame with a notification that wants one. */
export const carillon: Dialect = {
  acknowledges: true,
  credential: (uid) => mintToken(uid, { key: TOKEN_KEY, audience: "carillon", lifetime: 86_400 }),
  talk: (line, who, ears) => new CarillonTalk(line, who, ears),
};

class CarillonTalk implements Talk {
  readonly #line: Line;
  readonly #who: Who;
  readonly #ears: Ears;
  readonly #socket: Socket;
  askedAt = 0;
  #epoch = "";
  #seq = 0;

  constructor(line: Line, who: Who, ears: Ears) {
    this.#line = line;
    this.#who = who;
    this.#ears = ears;
    this.#socket = new Socket(line, {
      path: "/v1/socket",
      subprotocol: SUBPROTOCOL,
      onOpen: () => this.#hello(),
      onMessage: (bytes, start, end) => this.#onMessage(bytes, start, end),
      onFault: ears.onFault,
    });
  }

  get position(): Position | undefined {
    return this.#epoch === "" ? undefined : { epoch: this.#epoch, seq: this.#seq };
  }

  begin(): void {
    this.#socket.begin();
  }

  read(bytes: Buffer, length: number): void {
    this.#socket.read(bytes, length);
  }

  send(to: number, at: number, number: number): void {
    SEND.say(this.#line, to, at, this.#who.index, number);
  }

  #hello(): void {
    const { credential: token, position } = this.#who;
    this.askedAt = now();
    this.#socket.say(JSON.stringify({ type: "hello", token, position }));
  }

  /** By the letter that tells the types apart: `{"type":"e…`. */
  #onMessage(bytes: Buffer, start: number, end: number): void {
    switch (bytes[start + TYPE_AT]) {
      case ENTRIES:
        return this.#onEntries(bytes, start, end);
      case SENT:
        return this.#ears.onAcknowledged(numberAt(bytes, start + ID_OF_SENT_AT));
      case UNACKED:
        return this.#acknowledge();
      case WELCOME:
        return this.#onWelcome(bytes.toString("utf8", start, end));
      default:
        return this.#ears.onFault(bytes.toString("utf8", start, end));
    }
  }

  #onEntries(bytes: Buffer, start: number, end: number): void {
    const frame = bytes.subarray(start, end);
    let isAnswered = false;
    for (let at = frame.indexOf(KIND); at >= 0; at = frame.indexOf(KIND, at)) {
      at += KIND.length;
      if (frame[at] !== NOTIFICATION) continue;
      const body = frame.indexOf(BODY_MARK, at);
      this.#ears.onBody(frame, body);
      at = body;
      isAnswered = true;
    }
    this.#seq = numberFrom(frame, frame.lastIndexOf(SEQ) + SEQ.length);
    if (isAnswered && !isUnasked(bytes, end)) this.#acknowledge();
  }

  #acknowledge(): void {
    const text = `{"type":"ack","seq":${this.#seq}}`;
    const header = headerOf(TEXT, text.length);
    const at = this.#line.room(header.length + text.length);
    const { paper } = this.#line;
    paper.set(header, at);
    for (let n = 0; n < text.length; n += 1) paper[at + header.length + n] = masked(text.charCodeAt(n));
  }

  #onWelcome(text: string): void {
    const { position, recovered } = JSON.parse(text);
    this.#epoch = position.epoch;
    this.#seq = position.seq;
    if (this.#who.position !== undefined && recovered !== true) return this.#ears.onFault("It was not recovered.");
    this.#ears.onReady();
  }
}

/** An id is the send's number and the name of this run, for a log may be older than the run. */
const RUN = randomBytes(6).toString("base64url");
const SEND = new Stencil(TEXT, ['{"type":"send","id":"', NUMBER, `-${RUN}","to":"u`, TO, '","text":"', BODY, '"}']);

const TYPE_AT = '{"type":"'.length;
const ENTRIES = "e".charCodeAt(0);
const SENT = "s".charCodeAt(0);
const UNACKED = "u".charCodeAt(0);
const WELCOME = "w".charCodeAt(0);
const ID_OF_SENT_AT = '{"type":"sent","id":"'.length;
const KIND = Buffer.from('"kind":"');
const NOTIFICATION = "n".charCodeAt(0);
const SEQ = Buffer.from('"seq":');
const UNASKED = Buffer.from('"ack":false}');

/** P57: another connection answers. */
function isUnasked(bytes: Buffer, end: number): boolean {
  return bytes.compare(UNASKED, 0, UNASKED.length, end - UNASKED.length, end) === 0;
}

function numberFrom(bytes: Buffer, start: number): number {
  let value = 0;
  for (let at = start; ; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return value;
    value = value * 10 + digit;
  }
}
