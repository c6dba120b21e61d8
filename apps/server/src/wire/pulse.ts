import type { Peer } from "./peer.ts";

/** Milliseconds: after `interval` of silence the hub pings; without a sign of life for `answer` more it hangs up. */
export type PulseOptions = { readonly interval: number; readonly answer: number };

/** Judges by time stamps whether a peer is still there (P19). */
export class Pulse {
  readonly #peer: Peer;
  readonly #options: PulseOptions;
  readonly #onSilence: () => void;
  #pingedAt: number | undefined;

  constructor(peer: Peer, options: PulseOptions, onSilence: () => void) {
    this.#peer = peer;
    this.#options = options;
    this.#onSilence = onSilence;
  }

  beat(now: number): void {
    if (this.#pingedAt === undefined || this.#peer.heardAt >= this.#pingedAt) return this.#listen(now);
    if (now - this.#pingedAt >= this.#options.answer) this.#onSilence();
  }

  #listen(now: number): void {
    this.#pingedAt = undefined;
    if (now - this.#peer.heardAt < this.#options.interval) return;
    this.#pingedAt = now;
    this.#peer.ping();
  }
}
