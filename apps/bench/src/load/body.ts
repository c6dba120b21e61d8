import { masked } from "./mask.ts";

/**
 * What is sent to somebody: 200 bytes that say when it was meant to go, who sent it and as which of his, and a rest that is always
 * the same. Plain ASCII that JSON does not escape.
 */
export const BODY_BYTES = 200;
const MARK = "@".charCodeAt(0);
const TIME_AT = 1;
const SENDER_AT = 13;
const NUMBER_AT = 19;
const END_AT = 27;
const PADDING_AT = END_AT + 1;
const WORDS = "Whoever answers you rings here, and what rings is kept until you come. ";
const PADDING = Buffer.from(WORDS.repeat(Math.ceil(BODY_BYTES / WORDS.length)).slice(0, BODY_BYTES - PADDING_AT));

/** Begins every body, and nothing else that a server writes. */
export const BODY_MARK = Buffer.from("@0");

/** A body of which only the stamp is missing. */
export const BLANK = `@${"0".repeat(END_AT - TIME_AT)}@${PADDING.toString()}`;

/** Writes the stamp, masked or not, where a blank body begins. `at`: microseconds; `sender` below 2^24. */
export function stamp(
  bytes: Buffer,
  start: number,
  isMasked: boolean,
  at: number,
  sender: number,
  number: number,
): void {
  const digits = isMasked ? MASKED_HEX : HEX;
  writeHex(digits, bytes, start + TIME_AT, 6, Math.floor(at / 2 ** 24));
  writeHex(digits, bytes, start + TIME_AT + 6, 6, at % 2 ** 24);
  writeHex(digits, bytes, start + SENDER_AT, 6, sender);
  writeHex(digits, bytes, start + NUMBER_AT, 8, number);
}

export function timeIn(bytes: Buffer, start: number): number {
  return hexIn(bytes, start + TIME_AT, 6) * 2 ** 24 + hexIn(bytes, start + TIME_AT + 6, 6);
}

export function senderIn(bytes: Buffer, start: number): number {
  return hexIn(bytes, start + SENDER_AT, 6);
}

export function numberIn(bytes: Buffer, start: number): number {
  return hexIn(bytes, start + NUMBER_AT, 8);
}

/** Whether all that does not change came back as it went. */
export function isWhole(bytes: Buffer, start: number): boolean {
  return (
    bytes[start] === MARK &&
    bytes[start + END_AT] === MARK &&
    bytes.compare(PADDING, 0, PADDING.length, start + PADDING_AT, start + BODY_BYTES) === 0
  );
}

const HEX = Buffer.from("0123456789abcdef");
const MASKED_HEX = Buffer.from(HEX.map(masked));

function writeHex(digits: Buffer, bytes: Buffer, start: number, width: number, value: number): void {
  let rest = value;
  for (let at = start + width - 1; at >= start; at -= 1) {
    bytes[at] = digits[rest & 15] ?? 0;
    rest >>>= 4;
  }
}

function hexIn(bytes: Buffer, start: number, width: number): number {
  let value = 0;
  for (let at = start; at < start + width; at += 1) {
    const byte = bytes[at] ?? 0;
    value = value * 16 + (byte <= NINE ? byte - ZERO : byte - TEN);
  }
  return value;
}

const ZERO = 48;
const NINE = 57;
/** What "a" is to count as 10. */
const TEN = 87;
