import type { Seq } from "@carillon/protocol";
import type { Written } from "./written.ts";

/**
 * Which acknowledgements of one session tell anything: those of what came before the session, of which it knows nothing, and those
 * that cover a notification, whose author waits to hear of it (P14). Three of four cover only what a user has done himself, or
 * receipts; of these nothing need be stored.
 */
export class Owed {
  /** An acknowledgement up to there tells something; Infinity: none does. */
  #from: Seq = 0;
  /** Of the newest notification that was delivered. */
  #newest: Seq;

  /** @param start where the session begins to deliver */
  constructor(start: Seq) {
    this.#newest = start;
  }

  delivered(entries: readonly Written[]): void {
    for (const { kind, seq } of entries) {
      if (kind !== "notification") continue;
      if (this.#from === Infinity) this.#from = seq;
      this.#newest = seq;
    }
  }

  /** Whether an acknowledgement of all up to `seq` tells anything; then it is told. */
  takes(seq: Seq): boolean {
    if (seq < this.#from) return false;
    this.#from = seq < this.#newest ? seq + 1 : Infinity;
    return true;
  }

  /** What was taken could not be stored. The next one says it again: they are cumulative. */
  untold(): void {
    this.#from = 0;
  }
}
