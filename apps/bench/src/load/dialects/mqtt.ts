import { createHash } from "node:crypto";
import { BODY_BYTES } from "../body.ts";
import type { Line } from "../line.ts";
import { BINARY, headerOf, mask, masked } from "../mask.ts";
import { Rest } from "../rest.ts";
import { Socket } from "../socket.ts";
import { BODY, numberOfPacket, PACKET, Stencil, TO } from "../stencil.ts";
import type { Dialect, Ears, Talk, Who } from "./dialect.ts";

/** MQTT 3.1.1 on a WebSocket: QoS 1, and sessions that the server keeps. */
export const mqtt: Dialect = {
  acknowledges: true,
  credential: async (uid) => mqttPassword(uid),
  talk: (line, who, ears) => new MqttTalk(line, who, ears),
};

export function mqttPassword(uid: string): string {
  return createHash("sha256").update(`mqtt ${uid}`).digest("hex").slice(0, 16);
}

class MqttTalk implements Talk {
  readonly #line: Line;
  readonly #who: Who;
  readonly #ears: Ears;
  readonly #socket: Socket;
  readonly #rest = new Rest();
  readonly #consume = (bytes: Buffer, from: number, to: number) => this.#packetsIn(bytes, from, to);
  #acknowledged = 0;

  constructor(line: Line, who: Who, ears: Ears) {
    this.#line = line;
    this.#who = who;
    this.#ears = ears;
    this.#socket = new Socket(line, {
      path: "/mqtt",
      subprotocol: "mqtt",
      onOpen: () => this.#socket.say(connectPacket(who), BINARY),
      onMessage: (bytes, start, end) => this.#rest.read(bytes, start, end, this.#consume),
      onFault: ears.onFault,
    });
  }

  begin(): void {
    this.#socket.begin();
  }

  read(bytes: Buffer, length: number): void {
    this.#socket.read(bytes, length);
  }

  send(to: number, at: number, number: number): void {
    PUBLISH.say(this.#line, to, at, this.#who.index, number);
  }

  #packetsIn(bytes: Buffer, from: number, to: number): number {
    for (let at = from; ;) {
      const start = at + headerBytes(bytes, at, to);
      const end = start + (start > to ? 0 : remaining(bytes, at));
      if (start > to || end > to) return at;
      this.#onPacket((bytes[at] ?? 0) >> 4, bytes, start, end);
      at = end;
    }
  }

  #onPacket(type: number, bytes: Buffer, start: number, end: number): void {
    switch (type) {
      case CONNACK:
        if (bytes[start + 1] !== 0) return this.#ears.onFault(`refused: ${bytes[start + 1]}`);
        return this.#socket.say(subscribePacket(this.#who.uid), BINARY);
      case SUBACK:
        return this.#ears.onReady();
      case PUBACK:
        this.#acknowledged += 1;
        return this.#ears.onAcknowledged(numberOfPacket(bytes.readUInt16BE(start), this.#acknowledged));
      case PUBLISHED: {
        const number = start + 2 + bytes.readUInt16BE(start);
        this.#take(bytes[number] ?? 0, bytes[number + 1] ?? 0);
        return this.#ears.onBody(bytes, end - BODY_BYTES);
      }
      default:
        return this.#ears.onFault(`a packet of type ${type}`);
    }
  }

  /** PUBACK, by which a recipient says that it has a message. */
  #take(high: number, low: number): void {
    const at = this.#line.room(TAKEN.length + 2);
    const { paper } = this.#line;
    paper.set(TAKEN, at);
    paper[at + TAKEN.length] = masked(high);
    paper[at + TAKEN.length + 1] = masked(low);
  }
}

const CONNACK = 2;
const PUBLISHED = 3;
const PUBACK = 4;
const SUBACK = 9;

const TAKEN = Buffer.concat([headerOf(BINARY, 4), mask(Buffer.from([PUBACK << 4, 2]))]);
/** Two bytes each: the topic's length, the packet's number. Then the body, to the end. */
const PUBLISH_BYTES = 2 + "n/u".length + 6 + 2 + BODY_BYTES;
const PUBLISH = new Stencil(BINARY, [
  Buffer.from([0x32, (PUBLISH_BYTES & 127) | 128, PUBLISH_BYTES >> 7, 0, "n/u".length + 6]),
  "n/u",
  TO,
  PACKET,
  BODY,
]);

/** A session of its name that outlives the connection. */
function connectPacket({ index, uid, credential }: Who): Buffer {
  const flags = Buffer.from([4, 0xc0, 0, 0]);
  return packet(0x10, [text("MQTT"), flags, text(`${index}-${uid}`), text(uid), text(credential)]);
}

function subscribePacket(uid: string): Buffer {
  return packet(0x82, [Buffer.from([0, 1]), text(`n/${uid}`), Buffer.from([1])]);
}

function packet(head: number, parts: readonly Buffer[]): Buffer {
  const rest = Buffer.concat(parts);
  if (rest.length > 127) throw new RangeError("No such packet of ours is that long.");
  return Buffer.concat([Buffer.from([head, rest.length]), rest]);
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([value.length >> 8, value.length & 255]), Buffer.from(value)]);
}

/** Infinity where the length is not whole yet. */
function headerBytes(bytes: Buffer, at: number, to: number): number {
  for (let width = 1; at + width < to; width += 1) if ((bytes[at + width] ?? 0) < 128) return width + 1;
  return Number.POSITIVE_INFINITY;
}

function remaining(bytes: Buffer, at: number): number {
  let value = 0;
  for (let width = 1, scale = 1; ; width += 1, scale *= 128) {
    const byte = bytes[at + width] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
  }
}
