import { Rest } from "./rest.ts";

/** What is done with the payload in [start, end) of `bytes`, which is overwritten afterwards. */
export type OnMessage = (bytes: Buffer, start: number, end: number) => void;

export type FrameEvents = {
  readonly onMessage: OnMessage;
  readonly onPing: (payload: Buffer) => void;
  readonly onClose: (payload: Buffer) => void;
};

/**
 * Cuts what a server sends on a WebSocket into messages, where it lies. Only what is cut off at the end of a read is copied. It
 * trusts the server: this is no client for strangers.
 */
export class Frames {
  readonly #events: FrameEvents;
  readonly #rest = new Rest();
  readonly #consume = (bytes: Buffer, from: number, to: number) => this.#framesIn(bytes, from, to);
  #fragments: Buffer[] = [];

  constructor(events: FrameEvents) {
    this.#events = events;
  }

  read(chunk: Buffer, from: number, to: number): void {
    this.#rest.read(chunk, from, to, this.#consume);
  }

  #framesIn(bytes: Buffer, from: number, to: number): number {
    for (let at = from; ;) {
      const header = headerBytes(bytes, at, to);
      const next = at + header + payloadBytes(bytes, at, header);
      if (next > to) return at;
      this.#onFrame(bytes, at, at + header, next);
      at = next;
    }
  }

  #onFrame(bytes: Buffer, at: number, start: number, end: number): void {
    const first = bytes[at] ?? 0;
    const opcode = first & 15;
    if (opcode === PING) return this.#events.onPing(bytes.subarray(start, end));
    if (opcode === CLOSE) return this.#events.onClose(bytes.subarray(start, end));
    if (opcode > CLOSE) return;
    if ((first & FIN) !== 0 && opcode !== CONTINUATION) return this.#events.onMessage(bytes, start, end);
    this.#fragments.push(Buffer.from(bytes.subarray(start, end)));
    if ((first & FIN) === 0) return;
    const whole = Buffer.concat(this.#fragments);
    this.#fragments = [];
    this.#events.onMessage(whole, 0, whole.length);
  }
}

const FIN = 0x80;
const CONTINUATION = 0;
const CLOSE = 8;
const PING = 9;

/** Infinity where not even the header is there. */
function headerBytes(bytes: Buffer, at: number, end: number): number {
  if (end - at < 2) return Number.POSITIVE_INFINITY;
  const short = (bytes[at + 1] ?? 0) & 127;
  const header = short < 126 ? 2 : short === 126 ? 4 : 10;
  return end - at < header ? Number.POSITIVE_INFINITY : header;
}

function payloadBytes(bytes: Buffer, at: number, header: number): number {
  if (header === 4) return bytes.readUInt16BE(at + 2);
  if (header === 10) return Number(bytes.readBigUInt64BE(at + 2));
  return (bytes[at + 1] ?? 0) & 127;
}
