/** What is done with the payload in [start, end) of `bytes`, which is overwritten afterwards. */
export type OnMessage = (bytes: Buffer, start: number, end: number) => void;

/**
 * Cuts what a server sends on a WebSocket into messages, where it lies. Only what is cut off at the end of a read is copied. It
 * trusts the server: this is no client for strangers.
 */
export class Frames {
  readonly #onMessage: OnMessage;
  readonly #onPing: (payload: Buffer) => void;
  readonly #onClose: (payload: Buffer) => void;
  #rest: Buffer | undefined;
  #fragments: Buffer[] = [];

  constructor(onMessage: OnMessage, onPing: (payload: Buffer) => void, onClose: (payload: Buffer) => void) {
    this.#onMessage = onMessage;
    this.#onPing = onPing;
    this.#onClose = onClose;
  }

  read(chunk: Buffer, from: number, to: number): void {
    const bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk.subarray(from, to)]);
    let at = this.#rest === undefined ? from : 0;
    const end = this.#rest === undefined ? to : bytes.length;
    this.#rest = undefined;
    for (;;) {
      const header = headerBytes(bytes, at, end);
      const next = at + header + payloadBytes(bytes, at, header);
      if (header === INCOMPLETE || next > end) break;
      this.#onFrame(bytes, at, at + header, next);
      at = next;
    }
    if (at < end) this.#rest = Buffer.from(bytes.subarray(at, end));
  }

  #onFrame(bytes: Buffer, at: number, start: number, end: number): void {
    const first = bytes[at] ?? 0;
    const opcode = first & 15;
    if (opcode === PING) return this.#onPing(bytes.subarray(start, end));
    if (opcode === CLOSE) return this.#onClose(bytes.subarray(start, end));
    if (opcode > CLOSE) return;
    if ((first & FIN) !== 0 && opcode !== CONTINUATION) return this.#onMessage(bytes, start, end);
    this.#fragments.push(Buffer.from(bytes.subarray(start, end)));
    if ((first & FIN) === 0) return;
    const whole = Buffer.concat(this.#fragments);
    this.#fragments = [];
    this.#onMessage(whole, 0, whole.length);
  }
}

const FIN = 0x80;
const CONTINUATION = 0;
const CLOSE = 8;
const PING = 9;
const INCOMPLETE = Number.POSITIVE_INFINITY;

/** Infinity where not even the header is there. */
function headerBytes(bytes: Buffer, at: number, end: number): number {
  if (end - at < 2) return INCOMPLETE;
  const short = (bytes[at + 1] ?? 0) & 127;
  const header = short < 126 ? 2 : short === 126 ? 4 : 10;
  return end - at < header ? INCOMPLETE : header;
}

function payloadBytes(bytes: Buffer, at: number, header: number): number {
  if (header === 4) return bytes.readUInt16BE(at + 2);
  if (header === 10) return Number(bytes.readBigUInt64BE(at + 2));
  return (bytes[at + 1] ?? 0) & 127;
}
