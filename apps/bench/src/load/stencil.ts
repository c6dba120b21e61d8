import { BLANK, BODY_BYTES, stamp } from "./body.ts";
import { headerOf, mask, masked } from "./mask.ts";

/** What changes from one message to the next; everything else is text. Each has the same width every time. */
export const TO = Symbol("the recipient's number, 6 digits");
export const NUMBER = Symbol("the send's number, 8 digits");
export const PACKET = Symbol("the send's number in two bytes, never 0");
export const BODY = Symbol("the body");
export type Part = string | Buffer | typeof TO | typeof NUMBER | typeof PACKET | typeof BODY;

/** Gives room, and where to write: a `Line`. */
export type Paper = { room(bytes: number): number; readonly paper: Buffer };

/** One message that is sent over and over: written once, then copied, and filled in at its places. */
export class Stencil {
  readonly #bytes: Buffer;
  readonly #mask: boolean;
  readonly #to: number;
  readonly #number: number;
  readonly #packet: number;
  readonly #body: number;

  /** @param opcode of the WebSocket frame; undefined where there is none, and nothing is masked. */
  constructor(opcode: number | undefined, parts: readonly Part[]) {
    const payload = Buffer.concat(parts.map(blank));
    const header = opcode === undefined ? Buffer.alloc(0) : headerOf(opcode, payload.length);
    const place = (part: Part) => header.length + offsetOf(parts, part);
    this.#to = place(TO);
    this.#number = place(NUMBER);
    this.#packet = place(PACKET);
    this.#body = place(BODY);
    this.#mask = opcode !== undefined;
    this.#bytes = Buffer.concat([header, this.#mask ? mask(payload) : payload]);
  }

  /** @param at the time that the body says, in microseconds. */
  say(line: Paper, to: number, at: number, sender: number, number: number): void {
    const start = line.room(this.#bytes.length);
    const { paper } = line;
    paper.set(this.#bytes, start);
    if (this.#to >= 0) this.#digits(paper, start + this.#to, 6, to);
    if (this.#number >= 0) this.#digits(paper, start + this.#number, 8, FIRST_NUMBER + number);
    if (this.#packet >= 0) this.#pair(paper, start + this.#packet, packetOf(number));
    if (this.#body >= 0) stamp(paper, start + this.#body, this.#mask, at, sender, number);
  }

  #digits(paper: Buffer, start: number, width: number, value: number): void {
    let rest = value;
    for (let at = start + width - 1; at >= start; at -= 1) {
      const digit = ZERO + (rest % 10);
      paper[at] = this.#mask ? masked(digit) : digit;
      rest = Math.floor(rest / 10);
    }
  }

  #pair(paper: Buffer, start: number, value: number): void {
    paper[start] = this.#mask ? masked(value >> 8) : value >> 8;
    paper[start + 1] = this.#mask ? masked(value & 255) : value & 255;
  }
}

/** The name of user `number`, as wide as every other. */
export function uidOf(number: number): string {
  return `u${String(number).padStart(6, "0")}`;
}

/** A send's number is written with this added, so that it has 8 digits and does not begin with 0. */
export const FIRST_NUMBER = 10_000_000;

/** The send's number that stands in [start, …) as 8 digits. */
export function numberAt(bytes: Buffer, start: number): number {
  let value = 0;
  for (let at = start; at < start + 8; at += 1) value = value * 10 + (bytes[at] ?? 0) - ZERO;
  return value - FIRST_NUMBER;
}

/** Two bytes are enough to tell apart what is under way. */
export function packetOf(number: number): number {
  return (number % PACKETS) + 1;
}

/** The number of the send that went as this packet, given one that is not far from it. */
export function numberOfPacket(packet: number, near: number): number {
  const turn = Math.round((near - (packet - 1)) / PACKETS);
  return turn * PACKETS + packet - 1;
}

/** As many sends of one sender may be under way. */
const PACKETS = 4_096;

const ZERO = 48;

function blank(part: Part): Buffer {
  if (typeof part !== "symbol") return Buffer.from(part);
  if (part === BODY) return Buffer.from(BLANK);
  return Buffer.alloc(part === TO ? 6 : part === NUMBER ? 8 : 2);
}

/** Negative where it is no part. */
function offsetOf(parts: readonly Part[], part: Part): number {
  const index = parts.indexOf(part);
  if (index < 0) return Number.NEGATIVE_INFINITY;
  return parts.slice(0, index).reduce((sum, before) => sum + widthOf(before), 0);
}

function widthOf(part: Part): number {
  return part === BODY ? BODY_BYTES : blank(part).length;
}
