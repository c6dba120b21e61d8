import { dialectTarget, handshake, httpRequest } from "./openings.ts";
import { type Dice, diceOf } from "../../faults/random.ts";
import { closeFrame, frame, fragments, opcode } from "../raw/frame.ts";
import { alert, hello, type Message, request } from "./messages.ts";
import type { World } from "./world.ts";
import { apiRequest } from "./backend.ts";
import { mutatedBytes, mutatedField, mutatedFrame, mutatedJson } from "./mutations.ts";
import { awaiting, LAST_QUESTION, type Packet, packed } from "./packets.ts";
import { badPost, lastPost, posted, streamOpening } from "./streams.ts";

/** What one connection writes, from its first byte to its end. */
export type Life = Written & {
  /** Whether it goes on reading once it was welcomed. */
  readonly reads: boolean;
  /** How our side ends: in order, or torn. */
  readonly end: "fin" | "reset";
};

type Written = {
  readonly packets: readonly Packet[];
  /** What is written on a second connection once the first was let in: `SESSION_NAME` stands for the name that it got. */
  readonly posts?: readonly Packet[];
};

export type LifeOptions = {
  readonly seed: number;
  readonly world: World;
  /** Without malice, everything is as the protocol wants it: the same load, and no attack. */
  readonly malice: boolean;
};

/** The life of that number: the same for the same seed, whatever else is going on. */
export function life(number: number, { seed, world, malice }: LifeOptions): Life {
  const chance = diceOf(seed + number * 7_919);
  const bad: Bad = (oneIn) => malice && chance.below(oneIn) === 0;
  const kind = chance.oneOf([requests, backend, tutorial, streamed, carillon, carillon, carillon, carillon]);
  return { ...kind(chance, world, bad), reads: !bad(30), end: bad(8) ? "reset" : "fin" };
}

/** Tells whether the next thing is a bad one: about one in so many is, in a life of malice. */
export type Bad = (oneIn: number) => boolean;

type Kind = (chance: Dice, world: World, bad: Bad) => Written;

const requests: Kind = (chance, _world, bad) => {
  const first = Array.from({ length: 1 + chance.below(30) }, () => httpRequest(chance, false));
  return { packets: packed(chance, bad(1) ? [...first, httpRequest(chance, true)] : first, bad(3)) };
};

const backend: Kind = (chance, world, bad) => {
  const first = Array.from({ length: 1 + chance.below(20) }, () => apiRequest(chance, world, false));
  return { packets: packed(chance, bad(1) ? [...first, apiRequest(chance, world, true)] : first, bad(3)) };
};

const streamed: Kind = (chance, world, bad) => {
  const { token } = chance.oneOf(world.users);
  if (bad(6)) return { packets: packed(chance, [streamOpening(chance, token, world, true)], bad(3)) };
  const opening = packed(chance, [streamOpening(chance, token, world, false)], bad(3));
  const posts = packed(
    chance,
    Array.from({ length: 2 + chance.below(20) }, () => posted(chance, token, world)),
    bad(3),
  );
  const question = [{ bytes: lastPost(token), units: 1 }];
  const patience = chance.below(2) === 0 ? awaiting(question, "answers") : question;
  const worst = bad(1) ? packed(chance, [badPost(chance, token, world)], bad(3)) : [];
  return { packets: awaiting(opening, "welcome"), posts: [...posts, ...patience, ...worst] };
};

const tutorial: Kind = (chance, world, bad) => {
  const opening = dialectTarget(chance, world);
  if (bad(15)) return { packets: packed(chance, [handshake(chance, true, opening)], bad(3)) };
  const greeting = packed(chance, [handshake(chance, false, opening)], bad(3));
  const say = () => alert(chance, world);
  return { packets: [...greeting, ...talk(chance, say, bad), ...farewell(chance, say, bad)] };
};

const carillon: Kind = (chance, world, bad) => {
  const say = () => request(chance, world);
  const greet = () => sound(chance, hello(chance, world));
  if (bad(6)) return { packets: packed(chance, failedOpening(chance, greet, say), bad(3)) };
  const greeting = packed(chance, [handshake(chance, false), greet()], bad(3));
  const question = [{ bytes: frame({ payload: LAST_QUESTION }), units: 1 }];
  // Half of them wait until they were answered, or the worst would never meet a hub that has time for it.
  const patience = chance.below(2) === 0 ? awaiting(question, "answers") : [];
  const all = [...awaiting(greeting, "welcome"), ...talk(chance, say, bad), ...patience, ...farewell(chance, say, bad)];
  return { packets: all };
};

/** Nobody is let in who opens like this. */
function failedOpening(chance: Dice, greet: () => Buffer, say: () => Message): readonly Buffer[] {
  return chance.oneOf<() => readonly Buffer[]>([
    () => [handshake(chance, true), greet()],
    () => [handshake(chance, false), mutatedBytes(chance, greet())],
    () => [handshake(chance, false), broken(chance, say())],
    () => [handshake(chance, false), greet(), sound(chance, say())],
    () => [handshake(chance, false), greet(), greet()],
  ])();
}

/** Sensible frames for a while, so that what is bad meets a hub that is at work. */
function talk(chance: Dice, say: () => Message, bad: Bad): readonly Packet[] {
  const frames = Array.from({ length: 5 + chance.below(50) }, () => (bad(10) ? oddity(chance) : sound(chance, say())));
  return packed(chance, frames, bad(3));
}

/** What is worst comes last, since it ends the life. */
function farewell(chance: Dice, say: () => Message, bad: Bad): readonly Packet[] {
  const last = bad(1) ? Array.from({ length: 1 + chance.below(2) }, () => broken(chance, say())) : [closeFrame(1000)];
  return packed(chance, last, bad(3));
}

/** The frame or frames of a message, as RFC 6455 allows them. */
function sound(chance: Dice, message: Message): Buffer {
  const payload = JSON.stringify(message);
  if (chance.below(10) !== 0) return frame({ payload });
  return fragments(payload, chance.below(3), 3 + chance.below(8));
}

/** What is allowed and hardly anybody does. */
function oddity(chance: Dice): Buffer {
  const payload = Buffer.alloc(chance.below(126), chance.below(256));
  return chance.oneOf<() => Buffer>([
    () => frame({ opcode: opcode.ping, payload }),
    () => frame({ opcode: opcode.pong, payload }),
    () => fragments('{"type":"ping"}', 0, 0, 1, 1),
    () => frame({ payload: '{"type":"ping"}', lengthBits: chance.oneOf([16, 64] as const) }),
    () => frame({ payload: ` ${JSON.stringify({ type: "ping", pad: "x".repeat(chance.below(16_000)) })}\n` }),
  ])();
}

/** What breaks a rule: a field's, JSON's, a byte's or a frame's. */
function broken(chance: Dice, message: Message): Buffer {
  const payload = JSON.stringify(message);
  return chance.oneOf<() => Buffer>([
    () => frame({ payload: JSON.stringify(mutatedField(chance, message)) }),
    () => frame({ payload: JSON.stringify(mutatedField(chance, mutatedField(chance, message))) }),
    () => frame({ payload: mutatedJson(chance, payload) }),
    () => frame({ payload: mutatedBytes(chance, Buffer.from(payload)) }),
    () => frame({ payload, ...mutatedFrame(chance) }),
    () => mutatedBytes(chance, frame({ payload })),
    () => closeFrame(chance.below(6_000), Buffer.alloc(chance.below(130), chance.below(256))),
  ])();
}
