/** Things that come one by one and are awaited one by one: none is missed, whoever is first. */
export class Queue<T> {
  readonly #come: T[] = [];
  readonly #awaited: ((thing: T) => void)[] = [];

  push(thing: T): void {
    const awaited = this.#awaited.shift();
    if (awaited === undefined) this.#come.push(thing);
    else awaited(thing);
  }

  /** The next one, when it is here. */
  next(): Promise<T> {
    const [come] = this.#come.splice(0, 1);
    if (come !== undefined) return Promise.resolve(come);
    return new Promise((resolve) => this.#awaited.push(resolve));
  }

  /** All that came and was not taken; takes them. */
  drain(): T[] {
    return this.#come.splice(0);
  }
}
