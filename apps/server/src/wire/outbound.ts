/**
 * What one turn of the event loop says to one WebSocket: text frames that leave together at its end, in one write. A write costs
 * the system about as much as everything else that a frame needs.
 */
export class Outbound {
  readonly #write: (bytes: Buffer) => void;
  #frames: Buffer[] = [];
  #bytes = 0;

  constructor(write: (bytes: Buffer) => void) {
    this.#write = write;
  }

  /** Bytes that have not left yet. */
  get bytes(): number {
    return this.#bytes;
  }

  add(text: string): void {
    const frame = frameOf(text);
    if (this.#frames.push(frame) === 1) flushLater(this);
    this.#bytes += frame.length;
    if (this.#bytes >= WRITE_BYTES) this.flush(); // What the system would take at once is not what waits for a slow reader (P30).
  }

  /**
   * Sends it now, behind what waits. For what a thousand sockets get: at the end of the turn, the first of them is out of the
   * processor's caches again, which costs each about 1 µs.
   */
  pass(text: string): void {
    if (this.#bytes > 0) this.flush();
    this.#write(frameOf(text));
  }

  /** Lets go of them now: for what must not come before them. */
  flush(): void {
    const [first, ...others] = this.#frames;
    if (first === undefined) return;
    const bytes = others.length === 0 ? first : Buffer.concat(this.#frames, this.#bytes);
    this.clear();
    this.#write(bytes);
  }

  /** Nobody reads them any more. */
  clear(): void {
    this.#frames = [];
    this.#bytes = 0;
  }
}

/** So much is worth a write of its own. */
const WRITE_BYTES = 64 * 1024;

let waiting: Outbound[] = [];

function flushLater(outbound: Outbound): void {
  if (waiting.push(outbound) === 1) setImmediate(flushAll);
}

function flushAll(): void {
  const turn = waiting;
  waiting = [];
  for (const outbound of turn) outbound.flush();
}

/** An unmasked, unfragmented text frame (RFC 6455, 5.2). The last one is kept: all tabs of a user get the same. */
function frameOf(text: string): Buffer {
  if (text === lastText) return lastFrame;
  lastText = text;
  lastFrame = encoded(text);
  return lastFrame;
}

let lastText = "";
let lastFrame = encoded("");

function encoded(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = 0x81;
  frame[1] = length < 126 ? length : start === 4 ? 126 : 127;
  if (start === 4) frame.writeUInt16BE(length, 2);
  if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, start);
  return frame;
}
