import { createHmac } from "node:crypto";
import { BODY_MARK } from "../body.ts";
import type { Line } from "../line.ts";
import { TEXT } from "../mask.ts";
import { Socket } from "../socket.ts";
import { BODY, NUMBER, numberAt, Stencil, TO } from "../stencil.ts";
import type { Dialect, Ears, Talk, Who } from "./dialect.ts";

/** What our own little server on bare `ws` speaks: uid and token in the URL, one JSON object a frame. */
export const plain: Dialect = {
  acknowledges: true,
  credential: async (uid) => plainToken(uid),
  talk: (line, who, ears) => new PlainTalk(line, who, ears),
};

export function plainToken(uid: string): string {
  return createHmac("sha256", "a-secret-that-only-the-bench-ever-uses").update(uid).digest("hex");
}

class PlainTalk implements Talk {
  readonly #line: Line;
  readonly #who: Who;
  readonly #ears: Ears;
  readonly #socket: Socket;

  constructor(line: Line, who: Who, ears: Ears) {
    this.#line = line;
    this.#who = who;
    this.#ears = ears;
    this.#socket = new Socket(line, {
      path: `/?uid=${who.uid}&token=${who.credential}`,
      onOpen: ears.onReady,
      onMessage: (bytes, start) => this.#onMessage(bytes, start),
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
    SEND.say(this.#line, to, at, this.#who.index, number);
  }

  #onMessage(bytes: Buffer, start: number): void {
    if (bytes[start + TYPE_AT] === TAKEN) this.#ears.onAcknowledged(numberAt(bytes, start + ID_AT));
    else this.#ears.onBody(bytes, bytes.indexOf(BODY_MARK, start));
  }
}

const SEND = new Stencil(TEXT, ['{"type":"send","id":"', NUMBER, '","to":"u', TO, '","text":"', BODY, '"}']);
const TYPE_AT = '{"type":"'.length;
const TAKEN = "t".charCodeAt(0);
const ID_AT = '{"type":"taken","id":"'.length;
