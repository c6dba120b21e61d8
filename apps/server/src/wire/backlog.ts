import { LIMITS } from "../limits.ts";

/** A connection for which bytes wait. */
export interface Slow {
  /** It goes, because too much waits for it. */
  giveUp(): void;
}

/** What waits to be read by all peers of this process together (P30). */
export class Backlog {
  readonly #limit: number;
  readonly #waiting = new Map<Slow, number>();
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes. */
  get total(): number {
    return this.#total;
  }

  /** So many bytes wait for this one now. If that is too much for all, the slowest of all goes. */
  note(peer: Slow, bytes: number): void {
    this.#total += bytes - (this.#waiting.get(peer) ?? 0);
    if (bytes === 0) this.#waiting.delete(peer);
    else this.#waiting.set(peer, bytes);
    if (this.#total > this.#limit) this.#slowest()?.giveUp();
  }

  #slowest(): Slow | undefined {
    let [slowest, most]: [Slow | undefined, number] = [undefined, 0];
    for (const [peer, bytes] of this.#waiting) if (bytes > most) [slowest, most] = [peer, bytes];
    return slowest;
  }
}

/** Of all peers of this process. */
export const backlog = new Backlog(LIMITS.unsentBytesOfAll);
