/** Slots of a cluster: every key lies in one. */
export const SLOTS = 16_384;

/** The slot of a key: decided by what stands in its first braces, if anything does, else by all of it. */
export function slotOf(key: string): number {
  const open = key.indexOf("{");
  const close = open === -1 ? -1 : key.indexOf("}", open + 1);
  const deciding = close > open + 1 ? key.slice(open + 1, close) : key;
  return crc16(Buffer.from(deciding)) % SLOTS;
}

/** The key that decides where a command goes; undefined where every server is meant. */
export function keyOf(command: readonly string[]): string | undefined {
  const [name = "", first, , third] = command;
  if (name === "FUNCTION") return undefined;
  if (name === "PUBSUB") return command[2];
  return /^(FCALL|EVAL)/.test(name) ? third : first;
}

/** CRC-16/XMODEM, as Redis's cluster specification says. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ (TABLE[((crc >> 8) ^ byte) & 0xff] ?? 0);
  return crc;
}

const TABLE = Uint16Array.from({ length: 256 }, (_, n) => {
  let crc = n << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
  return crc;
});
