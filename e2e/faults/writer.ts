import { setTimeout as pause } from "node:timers/promises";
import type { Line } from "./line.ts";
import { Signal } from "./signal.ts";

/** Writes at an even pace until it is told to stop, and knows what was acknowledged. */
export class Writer {
  /** Ids, in the order of their answers. */
  readonly acknowledged: string[] = [];
  readonly #line: Line;
  readonly #changes = new Signal();
  readonly #sends: Promise<void>[] = [];
  readonly #work: Promise<void>;
  #isOver = false;

  constructor(line: Line, to: string, perSecond: number) {
    this.#line = line;
    this.#work = this.#write(to, perSecond);
  }

  /** Resolves when so many more were acknowledged. */
  async more(count: number): Promise<void> {
    const least = this.acknowledged.length + count;
    await this.#changes.until(() => this.acknowledged.length >= least);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#work;
    await Promise.all(this.#sends);
  }

  async #write(to: string, perSecond: number): Promise<void> {
    const start = performance.now();
    while (!this.#isOver) {
      const due = ((performance.now() - start) * perSecond) / 1_000;
      while (this.#sends.length < due) this.#sends.push(this.#send(`w${this.#sends.length}`, to));
      await pause(TICK_MS);
    }
  }

  async #send(id: string, to: string): Promise<void> {
    const answer = await this.#line.send({ id, to, text: `text of ${id}` });
    if (answer.type === "sent") this.acknowledged.push(id);
    this.#changes.tell();
  }
}

const TICK_MS = 10;
