import type { Clock } from "../clock.ts";
import type { OutboxStore } from "./store.ts";

/** Milliseconds that another tab has to see to what it put into the outbox itself. */
export const ADOPT_AFTER_MS = 5_000;

/**
 * What another tab could not bring to the hub, because it was closed or has no connection, this one takes on. Where both bring it,
 * the hub takes it once (P12).
 */
export class Adoption {
  readonly #store: OutboxStore;
  readonly #clock: Clock;
  readonly #adopt: () => void;
  #stopWatching = () => {};
  #cancel: (() => void) | undefined;

  constructor(store: OutboxStore, clock: Clock, adopt: () => void) {
    this.#store = store;
    this.#clock = clock;
    this.#adopt = adopt;
  }

  start(): void {
    this.#stopWatching = this.#store.watch?.(() => this.#wait()) ?? (() => {});
  }

  stop(): void {
    this.#stopWatching();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Anew with each that is put in, so that none is taken on before its time. */
  #wait(): void {
    this.#cancel?.();
    this.#cancel = this.#clock.after(ADOPT_AFTER_MS, () => {
      this.#cancel = undefined;
      this.#adopt();
    });
  }
}
