import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limits } from "@carillon/protocol";
import { tokenFor } from "../faults/credentials.ts";
import { LIMIT_MS, size } from "../faults/long.ts";
import { closeFrame, fragments, frame, opcode } from "./raw/frame.ts";
import { type Ending, RawPeer } from "./raw/peer.ts";
import { Siege } from "./siege.ts";

let siege: Siege;
let token: string;
beforeAll(async () => {
  token = await tokenFor("mallory");
  siege = await Siege.afterCalm(size(100, 3_000));
}, LIMIT_MS);
afterAll(() => siege[Symbol.asyncDispose]());

const PING = JSON.stringify({ type: "ping" });
const utf8 = (...bytes: readonly number[]) => Uint8Array.from(bytes);
const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

describe("frames that break RFC 6455", { timeout: LIMIT_MS, repeats: size(0, 19) }, () => {
  const faults: readonly (readonly [fault: string, bytes: Buffer])[] = [
    ["an unmasked text", frame({ payload: PING, masked: false })],
    ["an unmasked ping", frame({ opcode: opcode.ping, masked: false })],
    ["an unmasked close", frame({ opcode: opcode.close, masked: false })],
    ...[1, 2, 3, 4, 7].map((rsv) => [`reserved bits ${rsv} on a text`, frame({ payload: PING, rsv })] as const),
    ["a reserved bit on a ping", frame({ opcode: opcode.ping, rsv: 4 })],
    ["a reserved bit on a continuation", withFirst(frame({ opcode: opcode.continuation, rsv: 4 }))],
    ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((code) => [`opcode ${code}`, frame({ opcode: code })] as const),
    ["a ping in fragments", frame({ opcode: opcode.ping, fin: false })],
    ["a pong in fragments", frame({ opcode: opcode.pong, fin: false })],
    ["a close in fragments", frame({ opcode: opcode.close, fin: false })],
    ["a ping of 126 bytes", frame({ opcode: opcode.ping, payload: "x".repeat(126) })],
    ["a pong of 70,000 bytes", frame({ opcode: opcode.pong, payload: "x".repeat(70_000) })],
    ["a close of 126 bytes", closeFrame(1000, "x".repeat(124))],
    ["a continuation of nothing", frame({ opcode: opcode.continuation, payload: PING })],
    ["an unfinished continuation of nothing", frame({ opcode: opcode.continuation, fin: false })],
    ["a continuation after the end", Buffer.concat([fragments(PING, 3), frame({ opcode: opcode.continuation })])],
    ["a new text amid fragments", withFirst(frame({ payload: PING }))],
    ["a new binary amid fragments", withFirst(frame({ opcode: opcode.binary }))],
    ["a close of one byte", frame({ opcode: opcode.close, payload: "x" })],
    ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map(
      (code) => [`close code ${code}`, closeFrame(code)] as const,
    ),
  ];
  it.each(faults)("[P2] %s: 1002", (_fault, bytes) => expectEnding(bytes, 1002));
});

describe("text that is not UTF-8", { timeout: LIMIT_MS, repeats: size(0, 19) }, () => {
  const wrong: readonly (readonly [form: string, bytes: Uint8Array])[] = [
    ["overlong in two bytes", utf8(0xc0, 0xaf)],
    ["an overlong NUL", utf8(0xc0, 0x80)],
    ["overlong in three bytes", utf8(0xe0, 0x80, 0xaf)],
    ["overlong in four bytes", utf8(0xf0, 0x80, 0x80, 0xaf)],
    ["the first surrogate", utf8(0xed, 0xa0, 0x80)],
    ["the last surrogate", utf8(0xed, 0xbf, 0xbf)],
    ["a surrogate pair", utf8(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)],
    ["above U+10FFFF", utf8(0xf4, 0x90, 0x80, 0x80)],
    ["five bytes", utf8(0xf8, 0x88, 0x80, 0x80, 0x80)],
    ["FE", utf8(0xfe)],
    ["FF", utf8(0xff)],
    ["a continuation alone", utf8(0x80)],
    ["Latin-1", utf8(0xe9, 0x20)],
    ["two bytes cut short", utf8(0xc3)],
    ["three bytes cut short", utf8(0xe2, 0x82)],
    ["four bytes cut short", utf8(0xf0, 0x9f, 0x98)],
  ];
  it.each(wrong)("[P2] %s: 1007", (_form, bytes) => expectEnding(frame({ payload: bytes }), 1007));
  it.each(wrong)("[P2] %s within a long text: 1007", (_form, bytes) =>
    expectEnding(frame({ payload: Buffer.concat([Buffer.from("é".repeat(500)), bytes, Buffer.from("x")]) }), 1007),
  );
  it.each(wrong)("[P2] %s, cut after its first byte: 1007", (_form, bytes) =>
    expectEnding(fragments(Buffer.concat([Buffer.from("é"), bytes]), 3), 1007),
  );
  it.each(wrong)("[P2] %s in a close reason: 1007", (_form, bytes) => expectEnding(closeFrame(1000, bytes), 1007));
  it("[P2] what is UTF-8 as a whole may be cut anywhere", async () => {
    const ping = Buffer.from(JSON.stringify({ type: "ping", note: "é€😀" }));
    using peer = await RawPeer.welcomed(siege.port, token);
    await siege.during("attack", async () => {
      for (const cut of ping.keys()) {
        peer.write(fragments(ping, cut));
        expect(await peer.hear()).toEqual({ type: "pong" });
      }
    });
  });
});

describe("frames out of bounds", { timeout: LIMIT_MS, repeats: size(0, 19) }, () => {
  const most = limits.frameBytes;
  const cases: readonly (readonly [excess: string, bytes: Buffer, ending: Ending])[] = [
    ["a declared byte over the limit", frame({ declared: BigInt(most + 1) }), 1009],
    ["65,535 declared bytes", frame({ declared: 65_535n }), 1009],
    ["2^31 declared bytes", frame({ declared: 2n ** 31n }), 1009],
    ["2^32 declared bytes", frame({ declared: 2n ** 32n }), 1009],
    ["2^53 declared bytes", frame({ declared: 2n ** 53n }), 1009],
    ["2^63 declared bytes", frame({ declared: 2n ** 63n }), 1009],
    ["2^64-1 declared bytes", frame({ declared: 2n ** 64n - 1n }), 1009],
    ["a byte over the limit that comes", frame({ payload: "x".repeat(most + 1) }), 1009],
    ["two halves and a byte", fragments("x".repeat(most + 1), most / 2, most), 1009],
    [
      "a fragment, and 2^53 declared bytes of another",
      withFirst(frame({ opcode: opcode.continuation, declared: 2n ** 53n })),
      1009,
    ],
    ["a binary over the limit", frame({ opcode: opcode.binary, declared: BigInt(most + 1) }), 1009],
    ["17 fragments of a byte", fragments("x".repeat(17), ...times(16, (n) => n + 1)), 1008],
    ["17 empty fragments", fragments("", ...times(16, () => 0)), 1008],
    ["a thousand empty fragments", fragments("", ...times(999, () => 0)), 1008],
    ["a binary", frame({ opcode: opcode.binary, payload: PING }), 1003],
    ["an empty binary", frame({ opcode: opcode.binary }), 1003],
    [
      "a binary in fragments",
      Buffer.concat([frame({ opcode: opcode.binary, fin: false }), frame({ opcode: 0 })]),
      1003,
    ],
    ["an empty text", frame(), 4500],
  ];
  it.each(cases)("[P2] %s", (_excess, bytes, ending) => expectEnding(bytes, ending));

  it("[P2] a message of exactly the limit, also in 16 fragments, is understood", async () => {
    const padded = JSON.stringify({ type: "ping", note: "x".repeat(most - 25) });
    expect(Buffer.byteLength(padded)).toBe(most);
    using peer = await RawPeer.welcomed(siege.port, token);
    for (const bytes of [frame({ payload: padded }), fragments(padded, ...times(15, (n) => n * 1_000))]) {
      peer.write(bytes);
      expect(await peer.hear()).toEqual({ type: "pong" });
    }
  });

  it.each([1000, 1001, 1011, 3000, 4999])("a proper close with %i is answered alike", (code) =>
    expectEnding(closeFrame(code, "as the standard has it"), code),
  );
});

describe("torn connections", { timeout: LIMIT_MS, repeats: size(0, 4) }, () => {
  const whole = frame({ payload: PING });
  const torn: readonly (readonly [where: string, bytes: Buffer])[] = [
    ["in a header", whole.subarray(0, 1)],
    ["in a mask", whole.subarray(0, 4)],
    ["in a payload", whole.subarray(0, -1)],
    ["in a long length", frame({ declared: 2n ** 20n }).subarray(0, 5)],
    ["between fragments", fragments(PING, 3).subarray(0, 9)],
  ];
  it.each(torn)("reset or ended %s leave nothing behind", async (_where, bytes) => {
    await siege.during("attack", () =>
      Promise.all(
        times(20, async (n) => {
          using peer = await RawPeer.welcomed(siege.port, token);
          peer.write(bytes);
          if (n % 2 === 0) return peer.reset();
          peer.end();
          await peer.ending();
        }),
      ),
    );
    await siege.released();
  });

  it("a flood of pings from somebody who reads no pong is terminated", async () => {
    using peer = await RawPeer.welcomed(siege.port, token);
    peer.stopReading();
    const pings = Buffer.concat(times(50, () => frame({ opcode: opcode.ping, payload: "x".repeat(125) })));
    let written = 0;
    await siege.during("attack", async () => {
      while (!peer.isOver && written < FLOOD_BYTES) {
        if (!peer.write(pings)) await peer.writable();
        written += pings.length;
      }
    });
    console.log(`ping flood: terminated after ${Math.round(written / 1_024)} KiB`);
    expect(peer.isOver).toBe(true);
    await siege.released();
  });
});

it("nobody else noticed any of it, and the hub is whole", { timeout: LIMIT_MS }, () => siege.lift("bad frames"));

/** More than all buffers between two ends of a loopback connection take. */
const FLOOD_BYTES = 100_000_000;

/** What a welcomed peer that writes this gets for it. */
async function expectEnding(bytes: Buffer, ending: Ending): Promise<void> {
  await siege.during("attack", async () => {
    using peer = await RawPeer.welcomed(siege.port, token);
    peer.write(bytes);
    expect(await peer.ending()).toBe(ending);
  });
}

/** Behind the first fragment of a text. */
function withFirst(rest: Buffer): Buffer {
  return Buffer.concat([frame({ fin: false, payload: "x" }), rest]);
}
