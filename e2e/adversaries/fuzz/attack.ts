import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Signal } from "../../faults/signal.ts";
import { AWAITED, type Life, life, type LifeOptions } from "./lives.ts";

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
  /** Connections. */
  lives: number;
  /** Frames and HTTP requests that were written to a hub that was still listening. */
  units: number;
  bytes: number;
  /** Connections that the hub had not ended when it should have. */
  kept: number[];
};

/** Lives one life after the other, many at once, against a hub. */
export async function attack({ port, from, units, atOnce, fall, ...options }: AttackOptions): Promise<Tally> {
  const tally: Tally = { lives: 0, units: 0, bytes: 0, kept: [] };
  const goOn = async () => {
    while (tally.units < units && !fall.aborted) {
      const number = from + tally.lives++;
      if (!(await live(life(number, options), number, port, tally))) tally.kept.push(number);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, goOn));
  return tally;
}

/** Whether the connection was over in time. */
async function live({ packets, reads, end }: Life, number: number, port: number, tally: Tally): Promise<boolean> {
  const socket = connect({ port, host: "127.0.0.1", localAddress: addressOf(number), allowHalfOpen: true });
  const over = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.on("error", () => {}); // Being cut off is what we ask for; `close` follows.
  await Promise.race([once(socket, "connect").catch(() => {}), over]);
  const heard = hearing(socket);
  for (const { bytes, units, awaits } of packets) {
    if (!socket.writable) break;
    if (!socket.write(bytes)) await Promise.race([drained(socket), over]);
    tally.units += units;
    tally.bytes += bytes.length;
    if (awaits === undefined || socket.isPaused()) continue;
    await Promise.race([heard(AWAITED[awaits]), over]);
    if (!reads) socket.pause();
  }
  if (end === "reset") socket.resetAndDestroy();
  else socket.end();
  socket.resume();
  return isSoon(over, socket);
}

/** Reads all that comes, and keeps none of it. Gives what resolves once this was among it. */
function hearing(socket: Socket): (awaited: string) => Promise<void> {
  const heard = new Set<string>();
  const changes = new Signal();
  let end = "";
  socket.on("data", (chunk: Buffer) => {
    const text = end + chunk.toString("latin1");
    for (const awaited of Object.values(AWAITED)) if (text.includes(awaited)) heard.add(awaited);
    end = text.slice(-LONGEST_AWAITED);
    changes.tell();
  });
  return (awaited) => changes.until(() => heard.has(awaited));
}

const LONGEST_AWAITED = 20;

/** Each life comes from an address of its own: no cap per address ends the attack, and open connections tell which lives they are. */
function addressOf(number: number): string {
  return `127.1.${(number >> 8) & 255}.${number & 255}`;
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("drain", () => resolve()));
}

async function isSoon(over: Promise<void>, socket: Socket): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), LATE_MS)));
  const isOver = await Promise.race([over.then(() => true), late]);
  clearTimeout(timer);
  socket.destroy();
  return isOver;
}

/** More than any time-out of the hub allows a connection that said all that it will ever say. */
const LATE_MS = 60_000;
