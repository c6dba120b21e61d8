import type { Close } from "@carillon/protocol";
import { type Transport, TRANSPORTS } from "./peer.ts";

/** A connection, whatever is spoken on it. */
export interface Living {
  readonly transport: Transport;
  /** Bytes that wait for the peer to read. */
  readonly unsentBytes: number;
  /** Called about once a second. `now` is of a monotonic clock, in milliseconds. */
  beat(now: number): void;
  /** Takes nothing more, answers what was asked, then hangs up. */
  retire(close: Close): void;
  /** Ends at once, without a word. */
  destroy(): void;
}

/** All connections of this process, and the one timer that asks each whether it may go on. */
export class Connections {
  readonly #members = new Set<Living>();
  readonly #timer: NodeJS.Timeout;
  #lastRound = performance.now();
  #onEmpty = () => {};

  constructor() {
    this.#timer = setInterval(() => this.#round(performance.now()), PERIOD_MS);
    this.#timer.unref();
  }

  add(member: Living): void {
    this.#members.add(member);
  }

  delete(member: Living): void {
    this.#members.delete(member);
    if (this.#members.size === 0) this.#onEmpty();
  }

  /** Everybody, also those who have not said who they are. */
  members(): readonly Living[] {
    return [...this.#members];
  }

  /** How many there are of each kind. */
  byTransport(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>(TRANSPORTS.map((transport) => [transport, 0]));
    for (const { transport } of this.#members) counts.set(transport, (counts.get(transport) ?? 0) + 1);
    return counts;
  }

  unsentBytes(): number {
    let bytes = 0;
    for (const member of this.#members) bytes += member.unsentBytes;
    return bytes;
  }

  /** Resolves when nobody is left. */
  async emptied(): Promise<void> {
    if (this.#members.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  /** Asks nobody any more. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #round(now: number): void {
    const late = now - this.#lastRound > 2 * PERIOD_MS;
    this.#lastRound = now;
    // After a pause of our own (a stopped process, a blocked loop) the peers' answers are still unread: hear them first.
    if (late) return;
    for (const member of this.#members) member.beat(now);
  }
}

const PERIOD_MS = 1_000;
