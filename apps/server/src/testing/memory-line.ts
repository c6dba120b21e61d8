import type { Close, Counts, Entry, Seq } from "@carillon/protocol";
import type { Pages } from "../hub/ports.ts";
import type { Line } from "../hub/session.ts";
import { entryIn } from "../hub/written.ts";

/** The other end of a session, without a socket: what came, and what is awaited. */
export class MemoryLine implements Line {
  readonly entries: Entry[] = [];
  readonly closes: Close[] = [];
  /** Of each delivery, whether it is to be acknowledged. */
  readonly isAsked: boolean[] = [];
  /** Up to where it was asked to acknowledge, of all that another was to. */
  readonly asked: Seq[] = [];
  counts: Counts | undefined;
  /** While false, the session waits before it reads another page. */
  #open = Promise.resolve();
  #reopen = () => {};
  #watchers: (() => void)[] = [];

  deliver({ entries, counts }: Pages, isAsked: boolean): void {
    this.entries.push(...entries.map(entryIn));
    this.isAsked.push(isAsked);
    this.counts = counts;
    this.#tell();
  }

  ask(cursor: Seq): void {
    this.asked.push(cursor);
    this.#tell();
  }

  hangUp(close: Close): void {
    this.closes.push(close);
    this.#tell();
  }

  drained(): Promise<void> {
    return this.#open;
  }

  /** From now on nothing drains, until `drain`. */
  stall(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#open = promise;
    this.#reopen = resolve;
  }

  drain(): void {
    this.#reopen();
  }

  /** Resolves when so many entries are here. */
  async received(count: number): Promise<readonly Entry[]> {
    while (this.entries.length < count) await this.#change();
    return this.entries;
  }

  async hungUp(): Promise<Close> {
    for (;;) {
      const close = this.closes[0];
      if (close !== undefined) return close;
      await this.#change();
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve));
  }

  #tell(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const resolve of watchers) resolve();
  }
}
