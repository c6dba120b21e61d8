/** Opcodes of RFC 6455, 11.8; any other number from 0 to 15 can be written just as well. */
export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type FrameOptions = {
  /** Whether this is the last frame of its message; default true. */
  readonly fin?: boolean;
  /** The three reserved bits, 0 to 7; default 0. */
  readonly rsv?: number;
  readonly opcode?: number;
  readonly payload?: string | Uint8Array;
  /** A client masks; false is the lie of one that does not. */
  readonly masked?: boolean;
  /** What the header says of the payload's length, true or not. */
  readonly declared?: bigint;
  /** Bits in which the length stands; default as few as it needs. */
  readonly lengthBits?: 7 | 16 | 64;
};

/** The bytes of one frame as a client would send it, or would not: nothing is checked. A masked text unless told otherwise. */
export function frame(options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, opcode: code = opcode.text, payload = "", masked = true } = options;
  const bytes = Buffer.from(payload);
  const declared = options.declared ?? BigInt(bytes.length);
  const first = ((fin ? 1 : 0) << 7) | (rsv << 4) | code;
  return Buffer.concat([
    Buffer.of(first),
    lengthBytes(declared, options.lengthBits ?? bitsFor(declared), masked),
    masked ? MASK : Buffer.alloc(0),
    masked ? maskedBytes(bytes) : bytes,
  ]);
}

/** A close frame with that code and reason. */
export function closeFrame(code: number, reason: string | Uint8Array = ""): Buffer {
  return frame({
    opcode: opcode.close,
    payload: Buffer.concat([Buffer.of(code >> 8, code & 255), Buffer.from(reason)]),
  });
}

/** One text message cut into frames at these byte offsets. */
export function fragments(payload: string | Uint8Array, ...cuts: readonly number[]): Buffer {
  const bytes = Buffer.from(payload);
  const ends = [...cuts, bytes.length];
  return Buffer.concat(
    ends.map((end, n) =>
      frame({
        fin: n === ends.length - 1,
        opcode: n === 0 ? opcode.text : opcode.continuation,
        payload: bytes.subarray(ends[n - 1] ?? 0, end),
      }),
    ),
  );
}

/** A frame as the hub sends it. */
export type Frame = { readonly fin: boolean; readonly rsv: number; readonly opcode: number; readonly payload: Buffer };

/** The first frame in these bytes and where it ends; undefined if it is not whole yet. */
export function readFrame(bytes: Buffer): { readonly frame: Frame; readonly end: number } | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const short = second & 127; // What a server sends is not masked.
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const size = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  const end = start + size;
  if (bytes.length < end) return undefined;
  const payload = Buffer.from(bytes.subarray(start, end));
  return { frame: { fin: first >= 128, rsv: (first >> 4) & 7, opcode: first & 15, payload }, end };
}

function bitsFor(length: bigint): 7 | 16 | 64 {
  if (length < 126n) return 7;
  return length < 65_536n ? 16 : 64;
}

function lengthBytes(value: bigint, bits: 7 | 16 | 64, masked: boolean): Buffer {
  const maskBit = masked ? 128 : 0;
  if (bits === 7) return Buffer.of(maskBit | Number(value));
  const extended = Buffer.alloc(8);
  extended.writeBigUInt64BE(value);
  return Buffer.concat([Buffer.of(maskBit | (bits === 16 ? 126 : 127)), extended.subarray(8 - bits / 8)]);
}

/** Any mask will do: it hides bytes from proxies, not from the hub. */
const MASK = Buffer.of(0x5a, 0xa5, 0x3c, 0xc3);

function maskedBytes(bytes: Uint8Array): Buffer {
  const masked = Buffer.from(bytes);
  for (let at = 0; at < masked.length; at += 1) masked[at] = (bytes[at] ?? 0) ^ (MASK[at & 3] ?? 0);
  return masked;
}
