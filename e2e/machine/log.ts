import type { Readable } from "node:stream";
import { Signal } from "../faults/signal.ts";

/** What a process says: as much of its end as is worth keeping, and a way to wait for a word of it. */
export class Log {
  #text = "";
  readonly #keep: number;
  readonly #changes = new Signal();

  /** @param keep so many characters at the most. */
  constructor(keep: number) {
    this.#keep = keep;
  }

  get text(): string {
    return this.#text;
  }

  hear(stream: Readable | null): void {
    stream?.setEncoding("utf8").on("data", (text: string) => this.add(text));
  }

  add(text: string): void {
    this.#text = (this.#text + text).slice(-this.#keep);
    this.#changes.tell();
  }

  /** How often these words are in it. */
  count(words: string): number {
    return this.#text.split(words).length - 1;
  }

  /** Resolves once these words are in it so often; if they never are, the test's own limit ends the wait. */
  async has(words: string, times = 1): Promise<void> {
    await this.#changes.until(() => this.count(words) >= times);
  }
}
