import { Lane } from "./lane.ts";
import { type Life, life, type LifeOptions } from "./lives.ts";
import type { Packet } from "./packets.ts";
import { SESSION_NAME } from "./streams.ts";

export type AttackOptions = LifeOptions & {
  readonly port: number;
  /** Number of the first life. */
  readonly from: number;
  /** Lives go on until so many frames and requests were written. */
  readonly units: number;
  /** Lives that are lived at once. */
  readonly atOnce: number;
  /** Aborted when there is nobody left to attack. */
  readonly fall: AbortSignal;
};

export type Tally = {
  /** Of one connection each, or of a stream and of the one with its POSTs. */
  lives: number;
  /** Frames and HTTP requests that were written to a hub that was still listening. */
  units: number;
  bytes: number;
  /** How often requests were answered with each status. */
  readonly statuses: Map<number, number>;
  /** Connections that the hub had not ended when it should have. */
  kept: number[];
};

/** Lives one life after the other, many at once, against a hub. */
export async function attack({ port, from, units, atOnce, fall, ...options }: AttackOptions): Promise<Tally> {
  const tally: Tally = { lives: 0, units: 0, bytes: 0, statuses: new Map(), kept: [] };
  const goOn = async () => {
    while (tally.units < units && !fall.aborted) {
      const number = from + tally.lives++;
      if (!(await live(life(number, options), number, port, tally))) tally.kept.push(number);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, goOn));
  return tally;
}

/** Whether its connections were over in time. */
async function live(
  { packets, posts, reads, end }: Life,
  number: number,
  port: number,
  tally: Tally,
): Promise<boolean> {
  const first = await Lane.from(addressOf(number), port);
  const write = async (lane: Lane, { bytes, units, awaits }: Packet) => {
    if (!lane.isWritable) return;
    await lane.write(bytes);
    tally.units += units;
    tally.bytes += bytes.length;
    if (awaits !== undefined && first.isReading) await first.hears(awaits);
  };
  for (const packet of packets) await write(first, packet);
  if (!reads) first.stopReading();
  const lanes = [first];
  if (posts !== undefined && first.session !== undefined) {
    const second = await Lane.from(addressOf(number), port);
    lanes.unshift(second);
    for (const packet of posts) await write(second, named(packet, first.session));
  }
  const ends: boolean[] = [];
  for (const lane of lanes) ends.push(await lane.end(end));
  for (const status of lanes.flatMap(({ statuses }) => statuses))
    tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
  return !ends.includes(false);
}

/** Now that the session has one. */
function named(packet: Packet, session: string): Packet {
  return { ...packet, bytes: Buffer.from(packet.bytes.toString("latin1").replaceAll(SESSION_NAME, session), "latin1") };
}

/** Each life comes from an address of its own: no cap per address ends the attack, and open connections tell which lives they are. */
function addressOf(number: number): string {
  return `127.1.${(number >> 8) & 255}.${number & 255}`;
}
