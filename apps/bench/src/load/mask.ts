/**
 * What a client sends is masked (RFC 6455, 5.3). A key of four equal bytes masks a byte the same wherever it stands, so that text
 * which never changes is masked once. The server cannot tell, and has the same work to undo it.
 */
const KEY_BYTE = 0x5a;

/** The header of a whole frame with so many bytes of payload, key included. */
export function headerOf(opcode: number, length: number): Buffer {
  const key = [KEY_BYTE, KEY_BYTE, KEY_BYTE, KEY_BYTE];
  if (length < 126) return Buffer.from([0x80 | opcode, 0x80 | length, ...key]);
  if (length >= 65_536) throw new RangeError("No message of ours is that long.");
  return Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 255, ...key]);
}

export function masked(byte: number): number {
  return byte ^ KEY_BYTE;
}

/** Masks these bytes where they stand. */
export function mask(bytes: Buffer): Buffer {
  for (const [index, byte] of bytes.entries()) bytes[index] = masked(byte);
  return bytes;
}

/** A whole frame of bytes that are sent seldom. */
export function frame(opcode: number, payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload);
  return Buffer.concat([headerOf(opcode, bytes.length), mask(bytes)]);
}

export const TEXT = 1;
export const BINARY = 2;
export const PONG = 10;
