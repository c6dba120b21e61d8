/** Wakes those who wait for something to become so. */
export class Signal {
  #waiting: (() => void)[] = [];

  /** Something changed. */
  tell(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  /** Resolves once it holds; looks again at each change. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
