import type { Dice } from "../../faults/random.ts";
import { type FrameOptions, opcode } from "../raw/frame.ts";
import type { Message } from "./messages.ts";
import { hostileName, hostileValue } from "./values.ts";

/** One field gone, exchanged, renamed or added, at any depth. */
export function mutatedField(chance: Dice, message: Message): Message {
  const names = Object.keys(message);
  if (names.length === 0) return { [hostileName(chance)]: hostileValue(chance) };
  const name = chance.oneOf(names);
  const { [name]: value, ...rest } = message;
  return chance.oneOf<() => Message>([
    () => rest,
    () => ({ ...message, [name]: hostileValue(chance) }),
    () => ({ ...rest, [hostileName(chance)]: value }),
    () => ({ ...message, [hostileName(chance)]: hostileValue(chance) }),
    () => ({ ...message, [name]: isMessage(value) ? mutatedField(chance, value) : hostileValue(chance) }),
  ])();
}

/** Text that is hardly JSON any more, or JSON of a kind that nobody expects. */
export function mutatedJson(chance: Dice, json: string): string {
  const at = chance.below(json.length + 1);
  const [head, tail] = [json.slice(0, at), json.slice(at)];
  return chance.oneOf<() => string>([
    () => head,
    () => tail,
    () => head + chance.oneOf(TOKENS) + tail,
    () => head + chance.oneOf(TOKENS) + tail.slice(1),
    () => json + json,
    () => `[${json}]`,
    () => `\ufeff${json}`,
    () => json.replace("{", `{"${hostileName(chance)}":${chance.oneOf(TOKENS)},`),
    () => json.replaceAll(/\d+/gu, chance.oneOf(["1e400", "-0", "9007199254740993", "01", "1.", ".5", "0x1"])),
    () => "[".repeat(chance.below(9_000)) + json,
  ])();
}

/** The same bytes but for a few. */
export function mutatedBytes(chance: Dice, bytes: Buffer): Buffer {
  const at = chance.below(bytes.length + 1);
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
  const noise = () => Buffer.from(Array.from({ length: 1 + chance.below(8) }, () => chance.below(256)));
  return Buffer.concat(
    chance.oneOf<() => readonly Buffer[]>([
      () => [head],
      () => [tail],
      () => [head, noise(), tail],
      () => [head, noise(), tail.subarray(1 + chance.below(8))],
      () => [head, tail.subarray(1 + chance.below(8))],
      () => [head, Buffer.of((tail[0] ?? 0) ^ (1 << chance.below(8))), tail.subarray(1)],
      () => [head, head, tail],
    ])(),
  );
}

/** What makes a frame one that RFC 6455 does not allow, or hardly. */
export function mutatedFrame(chance: Dice): FrameOptions {
  return chance.oneOf<() => FrameOptions>([
    () => ({ rsv: 1 + chance.below(7) }),
    () => ({ opcode: chance.below(16) }),
    () => ({ fin: false }),
    () => ({ masked: false }),
    () => ({ declared: chance.oneOf([0n, 1n, 125n, 126n, 16_384n, 16_385n, 2n ** 31n, 2n ** 53n, 2n ** 63n]) }),
    () => ({ lengthBits: chance.oneOf([16, 64] as const) }),
    () => ({ opcode: opcode.close }),
    () => ({ opcode: chance.oneOf([opcode.ping, opcode.pong]), fin: chance.below(2) === 0 }),
  ])();
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null;
}

const TOKENS = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "\\",
  "null",
  "1e400",
  "-0",
  "NaN",
  '"\\ud800"',
  "\0",
  "//",
  '{"a":',
  "9".repeat(400),
];
