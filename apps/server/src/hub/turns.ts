/** Lets what concerns one user happen one after the other, in the order in which it was asked for; users do not wait for each other. */
export class Turns {
  /** The end of the last one of each user for whom anything is under way. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Users for whom something is under way. */
  get size(): number {
    return this.#last.size;
  }

  /** Does it when its turn comes. `work` must not reject: whoever comes after it waits for it. */
  async take<T>(uid: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(uid);
    const own = before === undefined ? work() : before.then(work);
    this.#last.set(uid, own);
    try {
      return await own;
    } finally {
      if (this.#last.get(uid) === own) this.#last.delete(uid);
    }
  }
}
