import type { Peer } from "./peer.ts";

/** Milliseconds: after `interval` of silence the hub pings; without a sign of life for `answer` more it hangs up. */
export type PulseOptions = { readonly interval: number; readonly answer: number };

/** Judges by time stamps whether a peer is still there (P19). */
export class Pulse {
  readonly #peer: Peer;
  readonly #options: PulseOptions;
  #pingedAt: number | undefined;

  constructor(peer: Peer, options: PulseOptions) {
    this.#peer = peer;
    this.#options = options;
  }

  /** Pings where it is time to. `silent`: there is nobody any more. */
  beat(now: number): "well" | "silent" {
    if (this.#pingedAt === undefined || this.#peer.heardAt >= this.#pingedAt) this.#listen(now);
    else if (now - this.#pingedAt >= this.#options.answer) return "silent";
    return "well";
  }

  #listen(now: number): void {
    this.#pingedAt = undefined;
    if (now - this.#peer.heardAt < this.#options.interval) return;
    this.#pingedAt = now;
    this.#peer.ping();
  }
}
