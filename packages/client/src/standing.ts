import type { Up } from "@carillon/protocol";
import { type Clock, LONGEST_WAIT_MS } from "./clock.ts";
import type { Reply } from "./machine/state.ts";

/** A request that holds as long as its connection: made on each, and again when the hub says so. */
export class Standing<Request extends Extract<Up, { id: string }>> {
  readonly #transmit: (request: Request) => void;
  readonly #clock: Clock;
  #make: () => Request;
  /** A connection begins with nothing wanted. */
  #isNothing = true;
  #isOpen = false;
  /** The request that says what is wanted now. */
  #asked = "";
  #stopWaiting = () => {};

  /** @param nothing makes the request that wants nothing. */
  constructor(transmit: (request: Request) => void, clock: Clock, nothing: () => Request) {
    this.#transmit = transmit;
    this.#clock = clock;
    this.#make = nothing;
  }

  /** From now on, what `make` makes is wanted. */
  want(make: () => Request, isNothing: boolean): void {
    this.#make = make;
    this.#isNothing = isNothing;
    if (this.#isOpen) this.#ask();
  }

  /** A connection is there. */
  open(): void {
    this.#isOpen = true;
    if (!this.#isNothing) this.#ask();
  }

  /** It is gone. */
  close(): void {
    this.#isOpen = false;
    this.#stopWaiting();
  }

  /** Too early (P51): asks again when the hub says, unless something newer was asked meanwhile. */
  settle({ id, ...reply }: Reply): void {
    if (id !== this.#asked || reply.type !== "refused" || reply.retryAfter === undefined) return;
    this.#stopWaiting();
    this.#stopWaiting = this.#clock.after(Math.min(reply.retryAfter, LONGEST_WAIT_MS), () => this.#ask());
  }

  #ask(): void {
    this.#stopWaiting();
    const request = this.#make();
    this.#asked = request.id;
    this.#transmit(request);
  }
}
