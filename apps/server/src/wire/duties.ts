/** What a connection still owes its peer. An end that was asked for waits until all of it is done. */
export class Duties {
  #underWay = 0;
  #onDone: (() => void) | undefined;

  /** Whether an end was asked for: nothing new is to be taken. */
  get isOver(): boolean {
    return this.#onDone !== undefined;
  }

  /** Does what a peer asked for; its rejection is a bug, and passed on. */
  async do(work: Promise<void>): Promise<void> {
    this.#underWay += 1;
    try {
      await work;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#onDone?.();
    }
  }

  /** Calls `then` as soon as nothing is under way. */
  end(then: () => void): void {
    this.#onDone = then;
    if (this.#underWay === 0) then();
  }
}
