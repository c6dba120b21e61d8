import type { Up } from "@carillon/protocol";
import { type Clock, LONGEST_WAIT_MS } from "../clock.ts";
import type { Outbox } from "./outbox.ts";

type Road = {
  transmit(request: Up): void;
  /** Another tab has seen to a request: the outbox changed. */
  onLapse(): void;
};

/**
 * Carries what waits in the outbox to the hub, each request once a connection: drafts at once, changes one after the other, so that
 * none overtakes another that was told to come later. Meanwhile the marks that wait become one.
 */
export class Courier {
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #road: Road;
  #isOpen = false;
  /** Requests that went out on this connection. */
  readonly #out = new Set<string>();
  /** What cancels the resend of a request that was refused for now, by its id. */
  readonly #resends = new Map<string, () => void>();

  constructor(outbox: Outbox, clock: Clock, road: Road) {
    this.#outbox = outbox;
    this.#clock = clock;
    this.#road = road;
  }

  /** A connection is there to carry what waits, and what comes. */
  open(): void {
    this.#isOpen = true;
    this.carry();
  }

  /** It is gone: the next one carries everything anyway. */
  close(): void {
    this.#isOpen = false;
    this.#out.clear();
    for (const cancel of this.#resends.values()) cancel();
    this.#resends.clear();
  }

  /** Everything that may go out now. */
  carry(): void {
    if (!this.#isOpen) return;
    for (const { request } of this.#outbox.drafts) if (!this.#out.has(request.id)) this.#carry(request.id);
    if (this.#outbox.changes.some(({ id }) => this.#out.has(id))) return;
    for (const { request } of this.#outbox.due) if (this.#carry(request.id)) return;
  }

  /** The hub wants to hear it again in `ms` milliseconds (P11). */
  carryAgain(id: string, ms: number): void {
    this.#resends.get(id)?.();
    const cancel = this.#clock.after(Math.min(ms, LONGEST_WAIT_MS), () => {
      this.#resends.delete(id);
      this.#out.delete(id);
      this.carry();
    });
    this.#resends.set(id, cancel);
  }

  #carry(id: string): boolean {
    const departing = this.#outbox.depart(id);
    if (departing === undefined) {
      this.#road.onLapse();
      return false;
    }
    this.#out.add(id);
    this.#road.transmit(departing.request);
    return true;
  }
}
